"""Addresses by which other programs join in: the JSON API, calendar feeds, signed webhooks, keys, single sign-on; and
each person's own page, where they get theirs."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route

from web.asking import page
from web.context import Context
from web.joining import docs, feed, me, oidc, programs
from web.joining.mounted import Api
from web.signin import OIDC


def routes(context: Context) -> list[BaseRoute]:
    """What other programs may ask and are told."""
    api = Api(context)
    made: list[BaseRoute] = [
        *_of_a_person(),
        *_of_programs(),
        Route("/ics/{token}.ics", feed.show, methods=["GET"]),
        Route("/api/docs", page(docs.page_of(api), signed_in=False), methods=["GET"]),
        Mount("/api", api),
    ]
    if context.signin is not None:
        made += [Route(OIDC, oidc.leave_for, methods=["GET"]), Route(oidc.BACK, oidc.come_back, methods=["GET"])]
    return made


def _of_a_person() -> list[Route]:
    acts = {"language": me.language, "code": me.give_code, "unlink": me.unlink, "feed": me.make_feed,
            "feed/end": me.end_feed, "sign-out": me.sign_out_everywhere}  # fmt: skip
    return [Route("/me", page(me.show), methods=["GET"]),
            *(Route(f"/me/{name}", page(act, failed=me.show), methods=["POST"]) for name, act in acts.items())]


def _of_programs() -> list[Route]:
    acts = {"keys": programs.make_key, "keys/{id:int}/revoke": programs.revoke_key, "webhooks": programs.make_hook,
            "webhooks/{id:int}/stop": programs.stop_hook, "deliveries/{id:int}/again": programs.try_again}  # fmt: skip
    return [Route("/office/programs", page(programs.show), methods=["GET"]),
            *(Route(f"/office/programs/{name}", page(act, failed=programs.show), methods=["POST"])
              for name, act in acts.items())]  # fmt: skip
