package facts

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
	wordCua
	wordDau
	wordCuoi
	wordCac
	wordMong
	wordMung
	wordTruoc
	wordDen
	wordTu
	wordI
	wordII
	wordIII
	wordIV
	wordBa
	wordDem
	wordGiao
	wordBan
	wordTai
	wordChin
	wordO
	wordVoi
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
	wordThuoc
	wordTruong
	wordNganh
	wordTran
	wordQuoc
	wordMttq
	wordKhoa
	wordNhiem
	wordKy
	wordTuc
	wordLunar
	wordAL
	wordLich
	wordGieng
	wordChap
	wordDo
	wordDuoi
	wordQ
	wordL
	wordLL
	wordLLL
	wordMot
	wordTu4
	wordNhat1
	wordHai
	wordBon
	wordGiua
	wordBoi
	wordDong
	fixedCount
)

var fixedWords = [fixedCount]string{
	wordComma: ",", wordSlash: "/", wordVa: "và", wordNgay: "ngày", wordThang: "tháng", wordNam: "năm", wordQuy: "quý", wordGio: "giờ", wordPhut: "phút",
	wordH: "h", wordG: "g", wordLuc: "lúc", wordVao: "vào", wordHoi: "hồi", wordThu: "thứ", wordChu: "chủ", wordNhat: "nhật", wordSa: "sa", wordCh: "ch", wordAm: "am", wordPm: "pm",
	wordSang: "sáng", wordTrua: "trưa", wordChieu: "chiều", wordToi: "tối", wordNay: "nay", wordHom: "hôm", wordQua: "qua", wordOn: "on", wordTrong: "trong",
	wordTinh: "tỉnh", wordThanh: "thành", wordPho: "phố", wordTP: "tp", wordT: "t", wordCua: "của", wordDau: "đầu", wordCuoi: "cuối", wordCac: "các",
	wordMong: "mồng", wordMung: "mùng", wordTruoc: "trước", wordDen: "đến", wordTu: "từ", wordI: "i", wordII: "ii", wordIII: "iii", wordIV: "iv",
	wordBa: "ba", wordDem: "đêm", wordGiao: "giao", wordBan: "ban", wordTai: "tại", wordChin: "chín", wordO: "ở", wordVoi: "với", wordSau6: "sáu", wordHet: "hết", wordVietNam: "nam", wordVN: "vn", wordTPHCM: "tphcm", wordTh: "th", wordSo: "sở", wordCo: "cơ", wordUy: "ủy", wordVien: "viên", wordHoc: "học", wordThuoc: "thuộc", wordTruong: "trường", wordNganh: "ngành", wordTran: "trận", wordQuoc: "quốc", wordMttq: "mttq", wordKhoa: "khóa", wordNhiem: "nhiệm", wordKy: "kỳ",
	wordTuc: "tức", wordLunar: "âm", wordAL: "âl", wordLich: "lịch", wordGieng: "giêng", wordChap: "chạp", wordDo: "do", wordDuoi: "dưới", wordQ: "q", wordL: "l", wordLL: "ll", wordLLL: "lll", wordMot: "một", wordTu4: "tư", wordNhat1: "nhất", wordHai: "hai", wordBon: "bốn", wordGiua: "giữa", wordBoi: "bởi", wordDong: "đồng",
}
