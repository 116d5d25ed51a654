package phrase

import "bantin/analyzers/vi"

// The words that readers compare units with, by their hashes. Each has the name
// of its letters; of two that differ by accents alone the second says what it
// means, and the first in the list is what people who type none mean first.
var (
	Ba        = word("ba")
	Ban       = word("ban")
	BCHTW     = word("bchtw")
	Boi       = word("bởi")
	Cac       = word("các")
	Chin      = word("chín")
	Co        = word("cơ")
	CoHave    = word("có")
	Cua       = word("của")
	Cung      = word("cùng")
	Cuoi      = word("cuối")
	Dau       = word("đầu")
	Den       = word("đến")
	Do        = word("do")
	Duoc      = word("được")
	Giao      = word("giao")
	Giua      = word("giữa")
	Gom       = word("gồm")
	Het       = word("hết")
	Hoac      = word("hoặc")
	Hoc       = word("học")
	HoiTime   = word("hồi")
	Hom       = word("hôm")
	Huyen     = word("huyện")
	Khoa      = word("khóa")
	KyTerm    = word("kỳ")
	La        = word("là")
	Lan       = word("lần")
	Le        = word("lẻ")
	Linh      = word("linh")
	Luat      = word("luật")
	Luc       = word("lúc")
	Ma        = word("mà")
	Muoi      = word("mười")
	Mot       = word("một")
	MuoiTimes = word("mươi")
	Nam       = word("năm")
	NamSouth  = word("nam")
	Nay       = word("nay")
	Ngay      = word("ngày")
	Nhat      = word("nhất")
	NQTW      = word("nqtw")
	O         = word("ở")
	On        = word("on")
	Nua       = word("nửa")
	Quan      = word("quận")
	Quoc      = word("quốc")
	Quy       = word("quý")
	Sau       = word("sáu")
	SoOffice  = word("sở")
	So        = word("số")
	Suot      = word("suốt")
	T         = word("t")
	Tai       = word("tại")
	Thang     = word("tháng")
	Thanh     = word("thành")
	Thi       = word("thị")
	Thu       = word("thứ")
	Thuoc     = word("thuộc")
	Tinh      = word("tỉnh")
	TP        = word("tp")
	TPHCM     = word("tphcm")
	Tram      = word("trăm")
	Trong     = word("trong")
	Truoc     = word("trước")
	TuFrom    = word("từ")
	Tuc       = word("tức")
	TW        = word("tw")
	Uy        = word("ủy")
	Va        = word("và")
	Vao       = word("vào")
	Ve        = word("về")
	Vien      = word("viên")
	Viet      = word("việt")
	VN        = word("vn")
	Voi       = word("với")
)

// spelt are the words above in their order.
var spelt []string

func word(text string) uint64 {
	spelt = append(spelt, text)
	return vi.WordHash(text)
}

// english are English words of a question that mean words above.
var english = []struct {
	word      uint64
	spellings []string
}{
	{Cua, []string{"of"}},
	{So, []string{"no", "number"}},
	{Va, []string{"and"}},
	{Ngay, []string{"dated"}},
	{Quy, []string{"quarter"}},
	{Nam, []string{"year"}},
	{Thang, []string{"month", "months"}},
	{Nua, []string{"half"}},
	{Ba, []string{"three"}},
	{Sau, []string{"six"}},
	{Chin, []string{"nine"}},
	{TuFrom, []string{"from", "since"}},
	{Truoc, []string{"before"}},
	{Den, []string{"to", "until"}},
}
