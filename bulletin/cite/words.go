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
	wKyHop
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
	wDuoc
	wMa
	wQua
	wNhu
	wDacKhu
	wKhu
	wMot
	docWordsFixed
)

// docFixedWords spells the words above.
var docFixedWords = [docWordsFixed]string{
	wSo: "số", wCua: "của", wDo: "do", wNgay: "ngày", wThang: "tháng", wNam: "năm", wVa: "và", wHoac: "hoặc",
	wCung: "cùng", wKhoa: "khóa", wLan: "lần", wThu: "thứ", wTrung: "trung", wUong: "ương", wTW: "tw", wHoi: "hội",
	wNghi: "nghị", wBan: "ban", wChap: "chấp", wHanh: "hành", wBCH: "bch", wBCHTW: "bchtw", wDang: "đảng", wDai: "đại",
	wBieu: "biểu", wToan: "toàn", wQuoc: "quốc", wBo: "bộ", wTinh: "tỉnh", wThanh: "thành", wPho: "phố", wTP: "tp",
	wHuyen: "huyện", wThi: "thị", wXa: "xã", wQuan: "quận", wPhuong: "phường", wTran: "trấn", wLuat: "luật",
	wCong: "cộng", wSan: "sản", wViet: "việt", wKy: "ký", wRa: "ra", wKyHop: "kỳ", wNhat: "nhất", wHai: "hai",
	wBa: "ba", wTu: "tư", wBon: "bốn", wSau: "sáu", wBay: "bảy", wTam: "tám", wChin: "chín", wMuoi: "mười",
	wHien: "hiến", wPhap: "pháp", wNhiem: "nhiệm", wVe: "về", wTai: "tại", wSua: "sửa", wDoi: "đổi", wCac: "các",
	wThong: "thông", wNQTW: "nqtw",
	wDuoc: "được", wMa: "mà", wQua: "qua", wNhu: "như", wDacKhu: "đặc", wKhu: "khu", wMot: "một",
}
