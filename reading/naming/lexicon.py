"""The words of agency names: what begins one, what ends one, what carries one on."""

from __future__ import annotations

HEAD_CAPITAL = (
    r"(?:Bộ(?! (?:chỉ số|tiêu chí|máy|thủ tục|luật|quy|câu|hồ sơ|tài liệu|dữ liệu))|Sở(?! (?:hữu|tại|"
    r"dĩ|thích))|Ban(?! (?:hành|bố|đầu|đêm|ngày|giao))|"
    r"[UỦ][ỷỶyYủ] [Bb]an|BCH|BTV|BTT|BCĐ|BGH|UBMT|KBNN|TAND|VKSND|LĐLĐ|CĐCS|ĐTN|"
    r"UB|UBND|UBMTTQ|HĐND|MTTQ|Hội đồng|Công an|CA|Thanh tra (?:[Ss]ở|tỉnh|"
    r"[Cc]hính phủ|[Bb]ộ|thành phố|huyện|nhà nước|Nhà nước|Thành phố)|"
    r"Thanh tra(?=\s*[:;,]|$)(?!, (?:kiểm tra|giám sát))|"
    r"Kiểm toán [Nn]hà nước|Kiểm toán|Văn phòng|VPCP|VP|Phòng(?![,;]? (?:ngừa|chống|tránh|cháy|thủ|vệ)(?!\w))(?!,)|"
    r"Trung tâm|Chi cục|Chi nhánh|Cục(?! (?:bộ|diện))|Tổng cục|Vụ(?! (?:việc|án|mùa|Đông|Xuân))|"
    r"Viện(?! dẫn)|Học viện|Trường(?! hợp)|Khoa(?! học)|Đài(?! thọ)|Báo(?! cáo)|Tạp chí|Ngân hàng|Kho "
    r"bạc|Bảo hiểm [Xx]ã hội|BHXH|Tòa án|Toà án|Viện kiểm sát|"
    r"Hội(?! (?:nghị|thảo|nhập|họp|tụ|thi|chợ))|Liên đoàn|Liên minh|Liên hiệp|Hiệp hội|Đoàn(?! kết)|"
    r"Trung ương(?= (?:Mặt trận|Đoàn|Hội)(?!\w))|"
    r"Tỉnh đoàn|Thành đoàn|Mặt trận|Tổ(?! (?:chức|quốc))|Đội(?! ngũ)|Hạt|Trạm|Quỹ|Bệnh viện|"
    r"Công ty|Tập đoàn|Tổng công ty|Doanh nghiệp|Hợp tác xã|Tỉnh [uủ][yỷ]|Thành [uủ][yỷ]|Đảng "
    r"[uủ][yỷ]|Huyện [uủ][yỷ]|Chi bộ|Đảng bộ|Đảng đoàn|Chi [uủ][yỷ]|"
    r"Thường trực|Bí thư|Phó [Bb]í thư|Chủ tịch|Phó [Cc]hủ tịch|Giám đốc|Phó [Gg]iám đốc|Tổng [Gg]iám "
    r"đốc|Thủ trưởng|Người đứng đầu|Chánh|Phó [Cc]hánh|"
    r"Trưởng(?! thành)|Phó(?! mặc)|Hiệu trưởng|Lãnh đạo|Thứ trưởng|Bộ trưởng|Thống đốc|Tổng [Tt]hanh "
    r"tra|Viện trưởng|Cục trưởng|Vụ trưởng|Thư ký|Cán bộ|Công chức|Viên chức|Giáo viên|Nhân viên|"
    r"Bộ phận|Cơ quan|Đơn vị|Địa phương|Chính quyền|Tổ chức (?:chính trị|đoàn thể)|Đồng chí|Đ/c|Ông|"
    r"Bà|Thông tấn xã|Cổng [Tt]hông tin|Cổng TTĐT|Bưu điện|Bảo tàng|Thư viện|Nhà hát|Nhà xuất bản|"
    r"VNPT|Viettel|MobiFone|EVN|Agribank|BIDV|Vietcombank|Vietinbank|Thành viên|Công đoàn|Đại biểu|Hiệu trưởng|"
    r"Chủ đầu tư|Chủ rừng|Điện lực|Hải quan|Thuế|Quân khu|Bộ đội|Biên phòng|Cảnh sát|Lực "
    r"lượng|Thôn|Xã(?! hội)|Phường|Huyện|Quận|Thành phố|Thị xã|Đặc khu|Nhà trường|HTX|BQL|TTYT|TTDVTH|"
    r"Cấp (?:xã|huyện|tỉnh)(?= (?:tổ chức|thành lập|xây dựng|báo cáo|hoàn thành|tổng hợp|rà soát|tiến hành) )|"
    r"Thủ tướng(?= (?:Chính phủ )?(?:cũng |còn )?(?:yêu cầu|đề nghị|giao|lưu ý)(?!\w))|"
    r"Chuyên viên|Cố vấn học tập|Giảng viên|Người lao động|[UỦ][ỷyủ] viên|Hộ(?= (?:gia đình|dân|kinh doanh|nuôi) )|"
    r"(?:Sinh viên|Học sinh|Học viên|Người dân|Nhân dân)(?=,? (?:[^\s.;:]+ ){0,6}?(?:có trách nhiệm|phải|cần|chấp hành|"
    r"thực hiện|nộp|đăng ký|khai báo|không được|tuyệt đối) )|"
    r"Cơ sở|Chủ nhiệm|Chủ cơ sở|Toàn thể|Các(?! (?:nội dung|nhiệm vụ|văn bản|trường hợp|vị trí|hoạt "
    r"động|hồ sơ|chỉ tiêu|giải pháp|quy định|mục|loại|hình thức|biện pháp|kế hoạch|nguồn|điều kiện|"
    r"công trình|dự án|thủ tục|vướng mắc|"
    r"vấn đề|khoản|ý kiến|sự kiện|tiêu chí|chương trình|báo cáo|ngày|lễ|lĩnh vực|yêu cầu|thông tin|số "
    r"liệu|công việc|chính sách|cơ chế|khó khăn|tài liệu|tài sản|phương án))|"
    r"(?:Mỗi|Từng|Những|Tất cả(?: các)?)(?= (?:đơn vị|phòng|cơ quan|xã|sở|cán bộ|địa phương|bộ|ban|"
    r"ngành|huyện|tỉnh|trường|thôn|tổ|khoa|cấp|thành viên)(?!\w))|"
    r"Chủ(?= (?:các|hộ|doanh nghiệp|nhà|phương tiện|tàu|hồ|đập|trang trại|công trình) )|"
    r"Chỉ huy(?= (?:trưởng|phó)(?!\w))|Trạm trưởng|Xóm trưởng|Hạt trưởng|Chính trị viên|Kế toán(?= (?:trưởng|các|Sở) ))"
)

HEAD_LOWER = (
    r"(?:toàn ngành(?!\w)|(?:các|những|toàn thể|mỗi|từng|tất cả các|quý|Quý|tất cả) (?:đồng chí|sở|Sở|bộ|Bộ|ban|Ban|"
    r"ngành|cơ quan|Cơ quan|đơn vị|Đơn vị|địa phương|phòng|Phòng|xã|phường|huyện|tỉnh|khoa|Khoa|"
    r"trường|Trường|viện|Viện|Vụ|Học viện|Hội|Đoàn|Đài|Trạm|doanh nghiệp|tổ chức|"
    r"cấp|hội|đoàn thể|trung tâm|Trung tâm|chi cục|Chi cục|cục|Cục|vụ|tập đoàn|Tập đoàn|chủ đầu tư|"
    r"chủ (?:rừng|hộ|cơ sở|phương tiện|tàu)|"
    r"tổng công ty|nhà máy|hợp tác xã|"
    r"Ban Quản lý|Ban quản lý|bệnh viện|Bệnh viện|thành viên|cá nhân|cán bộ|công chức|UBND|"
    r"[UỦ][ỷyủ] ban|"
    r"[Tt]ổ công tác|[Tt]ổ đại biểu|đại biểu|hộ|lực lượng|nhà trường|bên|công ty|Công ty|cơ sở|chuyên gia|nhà|"
    r"trưởng phòng|"
    r"(?:đảng|huyện|thị|thành|tỉnh|cấp|chi) [uủ][yỷ]|chi bộ|đảng bộ|công đoàn|chi đoàn|chi hội|"
    r"thôn|đội|tổ|nhóm|đối tượng)(?!\w)|"
    r"(?:đồng chí|đại biểu (?:Hội đồng|HĐND|Quốc hội)|lãnh đạo|thủ trưởng|giám đốc|chủ tịch|trưởng|"
    r"người đứng đầu|đại diện|bộ phận "
    r"(?:tiếp nhận|một cửa|thực hiện|chuyên)|thanh tra (?:Sở|tỉnh|bộ)|văn phòng (?:Sở|UBND|Ủy ban|"
    r"HĐND|điều phối))(?!\w)(?! (?:kinh|làm)))"
)

# After "phối hợp với" anyone may be named without a capital.
HEAD_CO = (
    r"(?:chính quyền|lực lượng|cán bộ|chủ đầu tư|doanh nghiệp|nhà đầu tư|cơ quan|đơn vị|địa phương|"
    r"phòng(?!,? (?:ngừa|chống|tránh|cháy)(?!\w))|cấp ủy|các|công an|văn phòng|thanh tra|trung tâm|nhà trường|gia đình|"
    r"ngành|sở|bộ|ban|cảnh sát|bộ đội|đoàn thể|ủy ban|trưởng|bên|hội|khối|báo chí|tổ công tác|"
    r"nhà thầu|quân đội|người (?:dân|lao động|sử dụng lao động|nộp thuế)|nhân dân|"
    r"tổ chức(?=[,;.]|$| (?:và|chính trị|đoàn thể|xã hội|cá nhân|có liên|liên quan|đảng|tôn giáo|quốc tế|hội|công đoàn|"
    r"thành viên|tín dụng|kinh tế|khác|hành nghề|cung ứng)(?!\w))|"
    r"y tế(?= (?:thôn|xã|phường|cơ sở|bản|ấp|trường|khu))|dân quân|cộng tác viên|già làng|"
    r"công chức|viên chức|nhân viên|cha mẹ|phụ huynh|giáo viên|đoàn viên|hội viên|(?<=với )chuyên môn)(?!\w)"
    r"(?! (?:sung|máy|hợp|chức|"
    r"hành(?! chính)|tiêu|chỉ))"
)

STRONG = (
    r"chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|theo(?! Kế hoạch này có)|tiếp tục|tăng cường|"
    r"khẩn trương|chủ động|(?<!iáo dục )thường xuyên|kịp thời|nghiêm túc|(?<!Hồi sức )tích cực|"
    r"căn cứ|trên cơ sở|phải|cần|"
    r"(?<!hàng )(?<!Hàng )(?<!phòng )không|chưa|đã|sẽ|vừa|mới|có thể|có văn bản|"
    r"có(?= (?:[Cc]ông (?:văn|điện)|[Kk]ế hoạch|[Cc]hỉ thị|[Tt]hông báo|[Tt]ờ trình|[Qq]uyết định|[Vv]ăn bản)"
    r"(?: số)? \d)|có kế hoạch|có báo cáo|có giải pháp|có phương án|có ý kiến|"
    r"có biện pháp|có cáo|là (?:cơ quan|đơn vị|đầu mối|thành viên)|làm (?:đầu mối|việc|tốt|rõ)|đẩy "
    r"(?:mạnh|nhanh)|nâng cao|tập trung|quan tâm|"
    r"bảo đảm|đảm bảo|sớm|ngay|trực tiếp|định kỳ|hằng|hàng (?:ngày|tuần|tháng|quý|năm)|trước|trong|để|"
    r"nhằm|khi|nếu|tại|từ|đến|về|với|thông qua|qua|sau(?! đại học)|như|gồm|và (?=(?:tổ chức|thực hiện|báo cáo|"
    r"tổng hợp)\b)|"
    r"ngoài(?= (?:các |những )?(?:nội dung|việc|nhiệm vụ|trách nhiệm|quy định|công tác|yêu cầu)(?!\w))|"
    r"tùy|đúng|đồng thời|cùng|hoàn thành|xong|nhất là|đặc biệt|trước mắt|hướng dẫn|rà soát|báo cáo|"
    r"triển khai|thực hiện|tham mưu|chỉ đạo|đôn đốc|theo dõi|liên tục|giúp|khi|"
    r"chỉ(?= (?:tiếp|được|đạo|xem|thực|giải|nhận|cho|tổ|sử))|"
    r"cử|đưa|"
    r"nỗ lực|quyết liệt|quyết tâm|tuyệt đối|nhanh chóng|lưu ý|chú trọng|ưu tiên|gương mẫu|(?<!nêu )trên|dưới|"
    r"lãnh đạo(?= (?:Sở|các|UBND|Đảng|chính quyền|cơ quan|cấp|[UỦ][ỷyủ] ban|Hội đồng|Mặt trận|toàn|việc))|"
    r"được (?=Giám đốc|UBND|Ủy ban|Chủ tịch)|bám sát|phát huy|luôn|"
    r"lãnh đạo(?=[,;]? (?:chỉ đạo|tăng cường|xây dựng|triển khai|quán triệt|đổi mới|đẩy|việc|"
    r"công tác|thực hiện|tổ chức))"
)

WEAK = (
    r"thể hiện|lắng nghe|cho(?= (?:học sinh|phép|cán bộ|người|trẻ|học viên|vay|thuê|công nhân)(?!\w))|"
    r"tiêu(?= (?:rút|úng|thoát|hủy|nước|diệt))|nâng|cung ứng|trưng bày|"
    r"(?<!Nghệ thuật )biểu diễn|viết|xuống|lắp đặt|mở rộng|nghiệm thu|vệ sinh|phun|"
    r"khử khuẩn|tiêm|thu "
    r"(?=hút|phí|gom)|đón tiếp|giới thiệu|"
    r"quảng bá|tôn tạo|tu bổ|bảo tồn|chọn|tuyển|bình xét|nhập|ký kết|thống nhất|tập hợp|liên hệ|trao "
    r"đổi|điều tiết|hạn chế|tạm dừng|dừng|"
    r"chấm dứt|đình chỉ|thay thế|sửa chữa|phòng ngừa|xử phạt|kiểm kê|kiểm định|hiệp đồng|(?<!quân )tự|luân "
    r"chuyển|điều động|bổ nhiệm|tinh giản|"
    r"chuyển đổi|áp dụng|ứng dụng|khai báo|cam kết|thiết lập|thiết kế|in ấn|sưu tầm|cứu trợ|trao|phát|"
    r"(?<!theo )(?<!đúng )quy định(?= (?:cụ thể|chi tiết|rõ|việc|mức|về|trình tự|tiêu chuẩn|điều kiện|danh mục|"
    r"thống nhất)(?!\w))|nghỉ(?= (?:Tết|lễ|học|làm|hè|phép|bù|từ|đến|\d)(?!\w))|"
    r"dọn|xem|đặt|làm|thu thập|"
    r"tổ chức|xây dựng|kiểm tra|giám sát|tổng hợp|bố trí|chuẩn bị|tiếp nhận|cung cấp|gửi|"
    r"(?<!công )(?<!độc )(?<!quốc )lập|phân "
    r"công|đề xuất|ban hành|hoàn thiện|cập nhật|công bố|công khai|thẩm định|phê duyệt|"
    r"(?<!công )(?<!chương )(?<!quy )(?<!lộ )(?<!giáo )(?<!tiến )trình|xử lý|"
    r"giải quyết|"
    r"quản lý|(?<!người )sử dụng|điều hành|tuyên truyền|phổ biến|quán triệt|đăng ký|mở|xem xét|nghiên cứu|"
    r"thông báo|thông "
    r"tin(?= (?:tuyên|về|kịp|đến|rộng|cho|đầy))|tạo điều kiện|hỗ trợ|bổ sung|chỉnh sửa|điều chỉnh|cân "
    r"đối|xác định|đánh giá|phân tích|thống kê|thu thập|kết nối|"
    r"tích hợp|số hóa|vận hành|duy trì|khắc phục|huy động|xin|chấn chỉnh|siết chặt|kiên quyết|lựa "
    r"chọn|biên soạn|ký|tiến hành|lấy|giao(?! (?:thông|dịch|ban|lưu|thừa|nhận|tiếp)(?!\w))|yêu cầu|đề nghị|"
    r"thành lập|kiện toàn|tham gia|tham dự|khai "
    r"thác|bàn giao|thu hồi|chuyển|"
    r"ứng phó|(?<![Tt]hường )trực(?! thuộc)|túc trực|sẵn sàng|phát động|đổi mới|cải thiện|lồng ghép|gắn|coi|xác minh|"
    r"điều tra|ngăn chặn|phát hiện|đấu tranh|bảo vệ|chăm lo|tặng|chi trả|bảo quản|vận động|khuyến "
    r"khích|nắm|dự báo|cảnh báo|"
    r"tính toán|đối chiếu|đăng tải|đưa tin|phản ánh|thanh tra(?=[,;]? (?:kiểm|việc|các|đột|chuyên|"
    r"giải))|khảo sát|đào tạo|bồi dưỡng|tập huấn|mời|thông tri|củng cố|thúc đẩy|tháo gỡ|khảo|nghiêm "
    r"cấm|cấm|treo|trả lời|hoàn tất|soạn thảo|"
    r"thẩm tra|kiểm soát|kiểm điểm|tự kiểm|sắp xếp|cắt giảm|rút ngắn|đề ra|phát hành|công nhận|khen "
    r"thưởng|biểu dương|hợp đồng|ghi nhận|niêm yết|đính chính|chốt|nộp|sao gửi|tiếp thu|giải trình|"
    r"cấp(?! (?:cứu|xã|huyện|tỉnh|cơ sở|ủy|trên|dưới|có|phường|trung|thành|sở))|chi(?! (?:cục|nhánh|"
    r"bộ|đoàn|hội|ủy))|mua sắm|phát triển|"
    r"phát triển|tiết kiệm|giảm|tăng|chấp hành|truy cập|cài đặt|kê khai|xét|xác nhận|ủy quyền|phân bổ|"
    r"giải ngân|quyết toán|thanh toán|đối thoại|tiếp(?= (?:công dân|xúc))|chia sẻ|đồng bộ|tạo lập|hình "
    r"thành|khôi phục|nêu(?! trên)|dự trù|đề cử|phân loại|di dời|sơ tán|hưởng ứng|hoàn trả|cụ thể h[oó][áaó]|"
    r"thu(?= (?:gom|của|tiền|nộp))|"
    r"tận thu|khơi thông|nạo vét|đo đạc|kiểm đếm|đền bù|bồi thường|cắm mốc|trồng|chăm sóc|tu sửa|quét dọn|"
    r"treo cờ|trang trí|bắn|tiêu độc|"
    r"nhắc nhở|phê bình|rút kinh nghiệm|trích|ứng|tạm ứng|đấu thầu|mua|bán|thuê|cho thuê|nâng cấp|tiêu thụ|"
    r"trợ giúp|(?<!xây )dựng|lau chùi|"
    r"lau|in|quay|chụp|chiếu|phát sóng|đón|tiễn|thăm|tặng quà|viếng|dâng hương|canh gác|tuần tra|chốt chặn|"
    r"phân luồng|điều phối"
)

# A head noun that is no name yet takes the next words even if they are a verb ("Ban quản lý", "Trung tâm phát triển").
INCOMPLETE = (
    r"(?:Ban|(?<!iểu )ban|Tổ|tổ|Trung tâm|trung tâm|Phòng|phòng|Hội đồng|Cục|Vụ|Chi cục|Tổng cục|Viện|Trường|"
    r"Quỹ|Đội|Hội|Công ty|Chủ tịch|Giám đốc|Trưởng|Phó|Chánh|Thủ trưởng|Lãnh đạo|Người đứng đầu|Đồng "
    r"chí|đồng chí|^Sở|^Bộ|Bí thư|Thường trực|"
    r"Cơ quan|Văn phòng(?= (?:đăng ký|điều phối))|[Các]{3} [Bb]an|(?:[Cc]ác|[Qq]uý|[Mm]ỗi|[Tt]ừng) "
    r"\w+(?= (?:quản lý|trực thuộc|thuộc))|Bộ phận|bộ phận|Lực lượng|lực lượng|[Cc]ác)$"
)

# Lower-case words that carry a set phrase on after a comma or "và".
SET_WORDS = (
    r"(?:ban|ngành|sở|bộ|cơ quan|đơn vị|phòng|phường|xã|huyện|thị xã|thị trấn|thành phố|quận|đặc khu|"
    r"khu (?:kinh tế|công nghiệp|dân cư|du lịch)|cụm công nghiệp|địa phương|đoàn thể|tổ chức|cá nhân|"
    r"doanh nghiệp|trực thuộc|chống|khoa|trường|trung tâm|viện|"
    r"thành(?=, thị)|thị(?= (?:đoàn|ủy))|hội|đơn|cụm|khối|tỉnh|phó|"
    r"công chức|viên chức|người lao động|chuyên viên|chủ rừng|chủ đầu tư|lâm nghiệp|cục|vụ|tổng công "
    r"ty|tập đoàn|liên quan|có liên quan|thôn|bản|ấp|khu phố|tổ dân phố|đoàn|chi nhánh|ủy ban|hợp tác "
    r"xã|cấp|phát thanh|truyền hình|trưởng|tìm kiếm|(?:tỉnh|thành|huyện|thị|đảng|chi) [uủ][yỷ]|chi bộ|đảng bộ|"
    r"liên đoàn|công đoàn|ban quản lý|hiệp hội|"
    r"nhà máy|tiểu thương|hộ gia đình|hộ kinh doanh|tổ hợp tác|trang trại)(?!\w)"
)

# The second half of a pair that one group's name is made of: "các cơ sở giáo dục, | đào tạo".
PAIRS = (
    (r"(?:giáo dục|nghiên cứu)", r"(?:đào tạo|dạy nghề|nghiên cứu)"),
    (r"(?:thông tấn|truyền thông|thông tin)", r"(?:báo chí|truyền thông|tuyên truyền)"),
    (r"(?:sản xuất|chế biến|chăn nuôi|khai thác)", r"(?:kinh doanh|chế biến|dịch vụ|giết mổ|xuất khẩu|tiêu thụ)"),
    (r"(?:y tế|khám bệnh|điều trị)", r"(?:giáo dục|chữa bệnh|dự phòng|điều dưỡng)"),
    (r"(?:phòng hộ|sản xuất)", r"(?:đặc dụng|phòng hộ)"),
    (r"(?:mầm non|mẫu giáo|tiểu học|THCS|cơ sở)", r"(?:tiểu học|mẫu giáo|THCS|THPT|trung học|phổ thông|liên cấp)"),
    (r"(?:đại học|cao đẳng|trung cấp)", r"(?:cao đẳng|trung cấp|đại học)"),
    (r"(?:nghệ thuật|văn hóa|thể thao)", r"(?:biểu diễn|thể thao|du lịch|nghệ thuật)"),
)

RELATIVE = (
    # "Đơn vị đã đăng ký | tiến hành tự kiểm tra": which ones; what they have done is no duty
    r"(?:(?<=ơn vị )|(?<=rường )|(?<=phương )|(?<=ơ sở )|(?<=nghiệp )|(?<=á nhân )|(?<=ổ chức )|(?<=hộ ))đã "
    r"(?:đăng ký|được|hoàn thành|có|tham gia|nộp|ký|thực hiện|triển khai|thành lập)(?= )[^,;.:]*?"
    r"(?=(?<!và)\s(?:có trách nhiệm|chủ động|khẩn trương|phải|cần|tiến hành|tiếp tục|tập trung)\s)|"
    # "Các chủ đầu tư dự án sử dụng nhà, đất công | báo cáo …": which ones
    r"(?<=dự án )(?:có )?(?:sử dụng|khai thác|đầu tư) [^;.:]{2,60}?(?=\s(?:có trách nhiệm|chủ động|khẩn trương|phải|"
    r"báo cáo|rà soát|hoàn thành|hoàn thiện|lập|gửi|nộp|cung cấp|tổ chức|chịu trách nhiệm|phối hợp|nghiêm túc|"
    r"cam kết)(?!\w))|"
    # "Đơn vị có cán bộ đi công tác | lập danh sách": which ones
    r"(?:(?<=ơn vị )|(?<=rường )|(?<=phương )|(?<=ơ sở )|(?<=nghiệp )|(?<=ổ chức )|(?<= xã )|(?<=phường )|"
    r"(?<=ơ quan ))có (?:cán bộ|công chức|viên chức|người lao động|học sinh|sinh viên|giáo viên|đoàn viên|hội viên|"
    r"đảng viên|hộ|thí sinh)(?= )[^,;.:]{3,60}?(?=\s(?:có trách nhiệm|chủ động|khẩn trương|phải|cần|lập|gửi|nộp|"
    r"báo cáo|tổng hợp|đăng ký|rà soát|tiếp tục|hoàn thành|cung cấp)(?!\w))|"
    r"chưa (?:được|có|hoàn thành|thực hiện|nộp)(?= )[^,;.:]*?(?=\s(?:có trách nhiệm|chủ động|khẩn trương|phải|"
    r"cần|tiếp tục|tập trung)\s)|"
    r"(?:được (?:giao|phân công)|tham gia|quản lý) (?=chủ trì|phối hợp|soạn thảo|tham mưu|xây dựng|nhiệm vụ|thực hiện|"
    r"phụ trách|đào tạo|nhà nước|theo dõi|quản lý|tại|trong)(?!chủ trì,? phối hợp)"
    r"(?:chủ trì |phối hợp )?(?:soạn thảo|tham mưu|xây dựng)?"
    r"[^,;.:]*?(?=\s(?:có trách nhiệm|chủ động|khẩn trương|phải|căn cứ|lập|tổ chức|xây dựng|báo cáo|chịu|tiếp tục|"
    r"tập trung|cần|gửi|rà soát|hoàn thành|hoàn thiện|trình|nghiêm túc|tổng hợp|cung cấp|đăng ký|phối hợp)\s|"
    r"[;:.]|,(?!\s(?:tổ chức|phối hợp|theo dõi|kiểm tra|xây dựng|báo cáo|lập|rà soát)\s)|$)|"
    # "Giáo viên được phân công | thực hiện kế hoạch, tổ chức dạy học": no other verb follows, so these are the duty
    r"được (?:giao|phân công)(?= (?:thực hiện|chủ trì|phối hợp|tổ chức)(?!\w))"
)

RELATED = r"(?:có )?liên quan(?:(?= (?!đến|tới|trên địa bàn|khác|thuộc|của|trong|tại))|\b(?! (?:đến|tới)))"

# People of one body, told together: "cán bộ, giảng viên và sinh viên toàn trường".
PERSON = (
    r"(?:cán bộ|công chức|viên chức|giáo viên|giảng viên|nhân viên|học sinh|sinh viên|học viên|người lao động|"
    r"đoàn viên|hội viên|đảng viên|chiến sĩ|công nhân)"
)
PERSONS = rf"(?i:(?:(?:toàn thể|tất cả|mọi|các) )*{PERSON}(?:(?:,| và|, và) {PERSON})*(?:,| và)?(?: toàn)?)"
# Fields of work with which the name of one office goes on: "Phòng Chính trị, tư tưởng | phối hợp".
FIELD = (
    r"(?:tư tưởng|thể thao|du lịch|gia đình|truyền thông|thông tin|xã hội|môi trường|hạ tầng|đô thị|công nghệ|kỹ thuật|"
    r"pháp chế|tài vụ|kế toán|hành chính|quản trị|nông nghiệp|tôn giáo|dân tộc|khánh tiết|hậu cần|tài chính|nhân sự|"
    r"y tế|giáo dục|tin học|đối ngoại|dân vận)"
)

# "Các doanh nghiệp trong khu kinh tế": where the members of a group are, as part of its name.
WITHIN = (
    r"(?:trong|tại|ở|trên) (?:toàn )?(?:khu(?! vực có)|ngành|cụm|hệ thống|địa bàn|tỉnh(?!\w)|huyện|xã|phường|"
    r"thành phố|lĩnh vực|"
    r"cơ quan|khối|cả nước|nhà trường|trường(?! hợp)|[Hh]ọc viện|tiểu ban|đơn vị|(?:tổng )?công ty|tập đoàn|"
    r"khoa(?! học)|chi bộ|ban (?:chỉ đạo|tổ chức))(?!\w)"
)
