"""The department that the safety tests look at: something of everything, so that every address has a row behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col, func, select

from intake import import_documents
from models import (
    absences,
    clock,
    extending,
    feeds,
    handling,
    joining,
    linking,
    officers,
    organising,
    updating_there,
    webhooks,
)
from models.bulk import Wanted, carry_out
from models.directive import Directive, DraftItem, Instruction
from models.event import Event
from models.indicator import Indicator, IndicatorTask, IndicatorValue
from models.instructed import enter
from models.joining import ApiToken, DeliveryState, TokenRole, Webhook, WebhookDelivery
from models.moves import Actor, move
from models.organisation import Absence, Contact, Person, Post, Role, Unit
from models.remembered import RememberedName
from models.report import add_evidence
from models.task import DueSetBy, Task, Waiting
from takeover.opening import keep, open_sheet
from tests.sheet_files import HEAD, row, xlsx
from tests.web_stage import SECRET, SEED, Stage

ROLES = {
    "office": "vp.truong", "clerk": "vp.vanthu", "leader": "gd", "other_leader": "pgd2", "head": "tts.truong",
    "deputy": "tts.pho", "focal": "tts.cv", "other": "qlvh.truong", "admin": "quantri", "former": "cu",
}  # fmt: skip
"""Who asks: the Office's head and clerk, the leader in charge of TTS and another, those of TTS, the head of another
unit, the administrator, and somebody whose last post has ended."""
DAY = date(2023, 7, 31)


@dataclass
class Scene:
    """The office, and the ids that addresses name."""

    office: Stage
    at: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def scene_in(office: Stage) -> Scene:
    """Fill the department. TTS is the unit that everything is about."""
    made = Scene(office)
    office.assign_seed()
    for who in ROLES.values():
        if who not in ("tts.cv", "cu"):
            office.person(who)  # asked for now: within a transaction it would begin another
    _people(made)
    _tasks(made)
    _documents(made)
    _programs(made)
    _ends(made)
    return made


def _people(made: Scene) -> None:
    office, clerk = made.office, made.office.clerk()
    with office.database.write() as session:
        unit = session.exec(select(Unit).where(Unit.code == "TTS")).one()
        focal = Person(short_id="tts.cv", name="Trần Đầu Mối")
        former = Person(short_id="cu", name="Lê Đã Nghỉ")
        session.add_all([focal, former])
        session.flush()
        session.add(Post(person_id=focal.id or 0, unit_id=unit.id, role=Role.FOCAL, title="Chuyên viên"))
        session.add(Post(person_id=former.id or 0, unit_id=unit.id, role=Role.HEAD, title="Chánh Thanh tra",
                         valid_to=date(2023, 6, 30)))  # fmt: skip
        session.add(Contact(person_id=focal.id or 0, channel="zalo", chat_id="z1", linked_at=clock.now()))
        session.flush()
        deputy = session.exec(select(Person).where(Person.short_id == "tts.pho")).one()
        away = absences.add(session, deputy, clerk, start=DAY, end=DAY, deputy_id=None)
        post = session.exec(select(Post.id).where(Post.person_id == deputy.id)).one()
        chat = session.exec(select(Contact.id).where(Contact.person_id == focal.id)).one()
        session.add(Contact(person_id=office.person("tts.truong"), channel="telegram", chat_id="t1", preference=0,
                            linked_at=clock.now()))  # fmt: skip
        session.add(Contact(person_id=office.person("tts.truong"), channel="zalo", chat_id="z2", preference=1,
                            linked_at=clock.now()))  # fmt: skip
        empty = organising.add_unit(session, clerk, code="RONG", name="Phòng Rỗng", aliases=[],
                                    leader_id=office.person("gd"))  # fmt: skip
        session.flush()
        second = session.exec(select(Contact.id).where(Contact.chat_id == "z2")).one()
        other = session.exec(select(Unit.id).where(Unit.code == "QLVH")).one()
        made.at |= {"second_chat": second, "other_unit": other, "leader": office.person("gd"),
                    "head": office.person("tts.truong"), "empty_unit": empty.id}  # fmt: skip
        made.at |= {"unit": unit.id, "person": deputy.id, "post": post, "absence": away.id, "former": former.id,
                    "focal": focal.id, "chat": chat}  # fmt: skip


def _tasks(made: Scene) -> None:
    office, head, clerk = made.office, Actor(made.office.person("tts.truong"), "test"), made.office.clerk()
    names = ("new", "plain", "asked", "reported", "stopped", "done", "updated", "waiting", "late")
    codes = {name: office.order("TTS", f"Việc {name}", set_by=DueSetBy.LEADER) for name in names}
    ids = {name: office.task(code).id or 0 for name, code in codes.items()}
    with office.database.write() as session:
        for name in ("new", "asked", "waiting"):
            move(session, ids[name], "name_focal", head, values={"focal_id": made.at["focal"]})
        extending.ask_extension(session, ids["asked"], head, date(2023, 8, 10), reason="chờ số liệu")
        for name in ("reported", "done", "updated"):
            number = None if name == "reported" else "12/BC-TTr"
            handling.report(session, ids[name], head, product_number=number, words="xong")
        for name in ("done", "updated"):
            handling.accept(session, ids[name], clerk)
            move(session, ids[name], "name_code", clerk, values={"authority_code": "UB-7"})
        updating_there.updated_there(session, ids["updated"], clerk)
        move(session, ids["stopped"], "suspend", clerk, reason="chờ")
        handling.progress(session, ids["waiting"], head, words="đã trình", waiting=Waiting.SUBMITTED)
        files = {"pdf": ("bao cao.pdf", "application/pdf", a_pdf()), "png": ("anh.png", "image/png", a_png())}
        for name, (called, kind, data) in files.items():
            kept = add_evidence(session, by_id=head.person, name=called, media_type=kind, data=data,
                                task_id=ids["reported"])  # fmt: skip
            made.at[name] = kept.id
        bulk = carry_out(session, Wanted("remind"), [session.get_one(Task, ids["late"])], clerk)
        made.at["bulk"] = bulk.id
    made.at |= {f"task_{name}": int(code.removeprefix("NV")) for name, code in codes.items()}
    made.at |= {f"id_{name}": one for name, one in ids.items()}


def _documents(made: Scene) -> None:
    office, clerk = made.office, made.office.clerk()
    layout = open_sheet("so.xlsx", xlsx(HEAD, row("Việc trong sổ")))
    other = SEED.read_bytes().replace(b"788/SVHTTDL-VP", b"789/SVHTTDL-VP")
    with office.database.write() as session:
        draft = import_documents(session, [("789.txt", other)], received_on=clock.today(), actor=clerk).directive_id
        of_draft = select(DraftItem).where(DraftItem.directive_id == draft)
        item = session.exec(of_draft.order_by(col(DraftItem.id))).first()
        assert item is not None
        paper = session.get_one(Directive, draft)
        enter(session, paper, office.person("gd"), clock.today(), "TTS chủ trì, báo cáo trước 30/7/2023", clerk)
        said = session.exec(select(Instruction.id).where(Instruction.directive_id == draft)).first()
        session.add(RememberedName(issuer="x", words="y", issuer_said="X", said="Y", unit_ids=[made.at["unit"]],
                                   person_id=clerk.person, at=clock.now()))  # fmt: skip
        indicator = session.exec(select(Indicator).where(Indicator.directive_id == 1)).first()
        assert indicator is not None
        indicator.unit_id = made.at["unit"]
        session.add(indicator)
        session.flush()
        value = IndicatorValue(indicator_id=indicator.id or 0, day=date(2023, 7, 1), value=Decimal(70), source="x",
                               entered_at=clock.now())  # fmt: skip
        session.add(value)
        made.at["sheet"] = keep(session, layout, "so.xlsx", clerk.person)
        session.add(IndicatorTask(indicator_id=indicator.id or 0, task_id=made.at["id_late"]))
        officers.set_letterhead(session, {"parent": "UBND TỈNH", "place": "Thái Bình", "symbol": "SVHTTDL"}, clerk)
        session.flush()
        remembered = session.exec(select(RememberedName.id)).first()
        made.at |= {"draft": draft, "item": item.id, "item_version": item.version, "version": paper.version,
                    "said": said, "indicator": indicator.id, "value": value.id, "remembered": remembered}  # fmt: skip


def _programs(made: Scene) -> None:
    office, clerk = made.office, made.office.clerk()
    with office.database.write() as session:
        for role in TokenRole:
            unit = made.at["unit"] if role is TokenRole.UNIT else None
            made.keys[role.value] = joining.new_key(session, SECRET, name=f"CT {role.value}", role=role, unit_id=unit,
                                                    by=clerk.person)  # fmt: skip
        webhooks.new_webhook(session, "https://csdl.example.vn/hook", False, clerk.person)
        hook = session.exec(select(Webhook.id)).one()
        event = session.exec(select(Event.id).order_by(col(Event.id))).first()
        failed = WebhookDelivery(webhook_id=hook or 0, event_id=event or 0, state=DeliveryState.FAILED,
                                 not_before=clock.now())  # fmt: skip
        session.add(failed)
        session.flush()
        key = session.exec(select(ApiToken.id)).first()
        head = office.person("tts.truong")
        feed = feeds.new_feed(session, SECRET, head, Actor(head, "test"))
        login = linking.new_code(session, SECRET, head, linking.WEB)
        upload = linking.new_code(session, SECRET, head, linking.UPLOAD,
                                  {"task": None, "channel": "web", "bot": "", "chat_id": "tts.truong"})  # fmt: skip
        made.at |= {"hook": hook, "delivery": failed.id, "key": key, "feed": feed, "login": login, "upload": upload,
                    "absences": len(session.exec(select(Absence)).all())}  # fmt: skip


def _ends(made: Scene) -> None:
    """How much has happened to each task, and a chat of everybody's own."""
    with made.office.database.write() as session:
        for role, who in ROLES.items():
            person = session.exec(select(Person.id).where(Person.short_id == who)).one()
            chat = session.exec(select(Contact).where(Contact.person_id == person)).first()
            if chat is None:
                chat = Contact(person_id=person or 0, channel="email", chat_id=f"{who}@so.vn", linked_at=clock.now())
                session.add(chat)
                session.flush()
            made.at[f"chat_of_{role}"] = chat.id
        for name in ("new", "done"):
            subject = f"task:{made.at[f'id_{name}']}"
            made.at[f"seen_{name}"] = session.exec(select(func.max(Event.seq)).where(Event.subject == subject)).one()


def a_pdf() -> bytes:
    """One page."""
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=20)
    made.cell(text="one")
    return bytes(made.output())


def a_png() -> bytes:
    """One dot."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3"
        "660000000049454e44ae426082"
    )
