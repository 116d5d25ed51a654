package cite

// docWord numbers the words that the reading of citations knows; a mark of
// ASCII has its own code.
type docWord uint16

// The words that the grammar itself names; those of the tables follow.
const (
	wSo docWord = iota + 128
	wCua
	wDo
	wNgay
	wThang
	wNam
	wVa
	wHoac
	wCung
	wKhoa
	wLan
	wThu
	wTrung
	wUong
	wTW
	wHoi
	wNghi
	wBan
	wChap
	wHanh
	wBCH
	wBCHTW
	wDang
	wDai
	wBieu
	wToan
	wQuoc
	wBo
	wTinh
	wThanh
	wPho
	wTP
	wHuyen
	wThi
	wXa
	wQuan
	wPhuong
	wTran
	wLuat
	wCong
	wSan
	wViet
	wKy
	wRa
	wTruoc
	wNhat
	wHai
	wBa
	wTu
	wBon
	wSau
	wBay
	wTam
	wChin
	wMuoi
	wHien
	wPhap
	wNhiem
	wVe
	wTai
	wSua
	wDoi
	wCac
	wThong
	wNQTW
	docWordsFixed
)

// docFixedWords spells the words above.
var docFixedWords = map[string]docWord{
	"số": wSo, "của": wCua, "do": wDo, "ngày": wNgay, "tháng": wThang, "năm": wNam,
	"và": wVa, "hoặc": wHoac, "cùng": wCung, "khóa": wKhoa, "khoá": wKhoa, "lần": wLan, "thứ": wThu,
	"trung": wTrung, "ương": wUong, "tw": wTW, "hội": wHoi, "nghị": wNghi, "ban": wBan,
	"chấp": wChap, "hành": wHanh, "bch": wBCH, "bchtw": wBCHTW, "đảng": wDang, "đại": wDai, "biểu": wBieu,
	"toàn": wToan, "quốc": wQuoc, "bộ": wBo, "tỉnh": wTinh, "thành": wThanh, "phố": wPho, "tp": wTP,
	"huyện": wHuyen, "thị": wThi, "xã": wXa, "quận": wQuan, "phường": wPhuong, "trấn": wTran,
	"luật": wLuat, "cộng": wCong, "sản": wSan, "việt": wViet, "ký": wKy, "kí": wKy, "ra": wRa,
	"nhất": wNhat, "hai": wHai, "ba": wBa, "tư": wTu, "bốn": wBon, "sáu": wSau, "bảy": wBay,
	"tám": wTam, "chín": wChin, "mười": wMuoi, "hiến": wHien, "pháp": wPhap, "nhiệm": wNhiem,
	"về": wVe, "thông": wThong, "nqtw": wNQTW, "tại": wTai, "sửa": wSua, "đổi": wDoi, "các": wCac, "kỳ": wTruoc,
}
