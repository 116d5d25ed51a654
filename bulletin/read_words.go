package bulletin

// Words that the readers compare by number, in the order of fixedWords.
const (
	wordNone uint16 = iota
	wordComma
	wordSlash
	wordVa
	wordNgay
	wordThang
	wordNam
	wordQuy
	wordGio
	wordPhut
	wordH
	wordG
	wordLuc
	wordVao
	wordHoi
	wordThu
	wordChu
	wordNhat
	wordSa
	wordCh
	wordAm
	wordPm
	wordSang
	wordTrua
	wordChieu
	wordToi
	wordNay
	wordHom
	wordQua
	wordOn
	wordTrong
	wordTinh
	wordThanh
	wordPho
	wordTP
	wordT
	wordCN
	wordGmt
	wordCua
	wordDau
	wordCuoi
	wordCac
	wordMong
	wordMung
	wordTruoc
	wordDen
	wordTu
	wordSau
	wordTuan
	wordI
	wordII
	wordIII
	wordIV
	wordCap
	wordBa
	wordDem
	wordGiao
	wordBan
	wordTai
	wordLan
	wordHai
	wordKy
	wordCach
	wordMang
	wordGiay
	wordD
	wordBay
	wordChin
	wordO
	wordVoi
	wordUtc
	wordLuot
	wordXem
	wordSau6
	wordHet
	wordVietNam
	wordVN
	wordTPHCM
	wordTh
	wordSo
	wordCo
	wordUy
	wordVien
	wordHoc
	fixedCount
)

var fixedWords = [fixedCount]string{
	wordComma: ",", wordSlash: "/", wordVa: "và", wordNgay: "ngày", wordThang: "tháng", wordNam: "năm", wordQuy: "quý", wordGio: "giờ", wordPhut: "phút",
	wordH: "h", wordG: "g", wordLuc: "lúc", wordVao: "vào", wordHoi: "hồi", wordThu: "thứ", wordChu: "chủ", wordNhat: "nhật", wordSa: "sa", wordCh: "ch", wordAm: "am", wordPm: "pm",
	wordSang: "sáng", wordTrua: "trưa", wordChieu: "chiều", wordToi: "tối", wordNay: "nay", wordHom: "hôm", wordQua: "qua", wordOn: "on", wordTrong: "trong",
	wordTinh: "tỉnh", wordThanh: "thành", wordPho: "phố", wordTP: "tp", wordT: "t", wordCN: "cn", wordGmt: "gmt", wordCua: "của", wordDau: "đầu", wordCuoi: "cuối", wordCac: "các",
	wordMong: "mồng", wordMung: "mùng", wordTruoc: "trước", wordDen: "đến", wordTu: "từ", wordSau: "sau", wordTuan: "tuần", wordI: "i", wordII: "ii", wordIII: "iii", wordIV: "iv",
	wordCap: "cấp", wordBa: "ba", wordDem: "đêm", wordGiao: "giao", wordBan: "ban", wordTai: "tại", wordLan: "lần", wordHai: "hai", wordKy: "kỷ", wordCach: "cách", wordMang: "mạng",
	wordGiay: "giây", wordD: "d", wordBay: "bảy", wordChin: "chín", wordO: "ở", wordVoi: "với", wordUtc: "utc", wordLuot: "lượt", wordXem: "xem", wordSau6: "sáu", wordHet: "hết", wordVietNam: "nam", wordVN: "vn", wordTPHCM: "tphcm", wordTh: "th", wordSo: "sở", wordCo: "cơ", wordUy: "ủy", wordVien: "viên", wordHoc: "học",
}
