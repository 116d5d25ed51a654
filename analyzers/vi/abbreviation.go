package vi

import "strings"

// Abbreviations looks whether words begin with an abbreviation or with what
// one stands for, and returns how many words the longest such beginning has
// and every other way to write it, each a phrase; 0 and nil when there is none.
// Typed without accents a word matches any; typed with them it must agree.
// Letters typed apart (UB MTTQ, T P H C M) count as one abbreviation. Short
// forms that are also words, such as TU, count only in capitals.
//
// The alternatives are keys, with Accented set where folding would confuse
// them with other words; their offsets are those of the words replaced.
func Abbreviations(words []Word) (n int, alternatives [][]Word) {
	most := min(run(words), maxForm)
	for n = most; n > 0; n-- {
		if found := match(words[:n]); len(found) > 0 {
			return n, place(found, words[0].Start, words[n-1].End)
		}
	}
	return 0, nil
}

// maxForm is the most words of any form, spaced-out letters included.
const maxForm = 9

// run counts the words of the first phrase.
func run(words []Word) int {
	for i := 1; i < len(words); i++ {
		if words[i].Pos != words[i-1].Pos+1 {
			return i
		}
	}
	return len(words)
}

// match returns the other forms of what words spell.
func match(words []Word) (found [][]Word) {
	for _, f := range abbreviations[joinFolds(words, " ")] {
		if f.agrees(words) {
			found = append(found, f.others...)
		}
	}
	if len(words) == 1 || len(found) > 0 || !looseLetters(words) {
		return found
	}
	for _, f := range abbreviations[joinFolds(words, "")] {
		if len(f.words) == 1 {
			found = append(found, f.others...)
			found = append(found, f.words)
		}
	}
	return found
}

func joinFolds(words []Word, by string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(by)
		}
		b.WriteString(w.Fold)
	}
	return b.String()
}

// looseLetters reports that no word is an ordinary syllable in small letters.
func looseLetters(words []Word) bool {
	for _, w := range words {
		if !w.Upper && isSyllable(w.Syl) {
			return false
		}
	}
	return true
}

// place copies the alternatives to where the words stood.
func place(found [][]Word, start, end int) [][]Word {
	out := make([][]Word, len(found))
	for i, phrase := range found {
		out[i] = make([]Word, len(phrase))
		for k, w := range phrase {
			w.Start, w.End = start, end
			out[i][k] = w
		}
	}
	return out
}

// abbreviated is one form of a group with the others.
type abbreviated struct {
	words  []Word
	others [][]Word
}

// agrees reports that the typed words may mean this form.
func (f *abbreviated) agrees(words []Word) bool {
	for i, w := range words {
		if w.Accented && w.Syl != f.words[i].Syl {
			return false
		}
	}
	return len(words) > 1 || words[0].Upper || !f.words[0].Accented || !Plain(words[0].Fold)
}

// abbreviations maps the folded words of every form to it; written once here
// and only read afterwards.
var abbreviations = makeAbbreviations()

func makeAbbreviations() map[string][]abbreviated {
	all := make(map[string][]abbreviated)
	for line := range strings.SplitSeq(strings.TrimSpace(abbreviationTable), "\n") {
		var forms [][]Word
		for form := range strings.SplitSeq(line, "=") {
			forms = append(forms, formWords(form))
		}
		for i, form := range forms {
			f := abbreviated{words: form}
			for k, other := range forms {
				if k != i {
					f.others = append(f.others, other)
				}
			}
			key := joinFolds(form, " ")
			all[key] = append(all[key], f)
		}
	}
	return all
}

// formWords reads one form of the table. A short form without vowels is found
// folded, since no word folds like it; all else with its accents.
func formWords(form string) []Word {
	words := Words(form)
	for i := range words {
		w := &words[i]
		w.Accented = isSyllable(w.Syl) || Plain(w.Fold)
		w.Upper, w.Pos = false, i
	}
	return words
}

// abbreviationTable lists on each line the ways to write one thing.
const abbreviationTable = `
UBND=Ủy ban nhân dân
HĐND=Hội đồng nhân dân
HĐND UBND=Hội đồng nhân dân, Ủy ban nhân dân
MTTQ=Mặt trận Tổ quốc
MTTQVN=MTTQ Việt Nam=Mặt trận Tổ quốc Việt Nam
UBMTTQ=UB MTTQ=Ủy ban MTTQ=Ủy ban Mặt trận Tổ quốc
UBMTTQVN=UBMTTQ Việt Nam=Ủy ban MTTQVN=Ủy ban MTTQ Việt Nam=Ủy ban Mặt trận Tổ quốc Việt Nam
UBMT=Ủy ban Mặt trận
LĐLĐ=Liên đoàn Lao động
TLĐLĐ=Tổng LĐLĐ=Tổng Liên đoàn Lao động
LHPN=Liên hiệp Phụ nữ
HLHPN=Hội LHPN=Hội Liên hiệp Phụ nữ=HPN=Hội Phụ nữ
ĐTN=Đoàn Thanh niên
TNCS=Thanh niên Cộng sản
TNCSHCM=TNCS HCM=TNCS Hồ Chí Minh=Thanh niên Cộng sản Hồ Chí Minh
ĐTNCSHCM=Đoàn TNCSHCM=Đoàn TNCS HCM=Đoàn TNCS Hồ Chí Minh=Đoàn Thanh niên Cộng sản Hồ Chí Minh
CCB=Cựu chiến binh
HCCB=Hội CCB=Hội Cựu chiến binh
HND=Hội ND=Hội Nông dân
TNXP=Thanh niên xung phong
BTV=Ban Thường vụ
BTVTU=BTV Tỉnh ủy=Ban Thường vụ Tỉnh ủy
BTT=Ban Thường trực
BCH=Ban Chấp hành
BCHTW=BCH Trung ương=Ban Chấp hành Trung ương
BCT=Bộ Chính trị
BBT=Ban Bí thư
BCĐ=Ban Chỉ đạo
BTC=Ban Tổ chức
BTCTW=Ban Tổ chức Trung ương
BTCTU=Ban Tổ chức Tỉnh ủy
BTG=Ban Tuyên giáo
BTGTW=Ban Tuyên giáo Trung ương
BTGTU=Ban Tuyên giáo Tỉnh ủy
BDV=Ban Dân vận
BDVTW=Ban Dân vận Trung ương
BDVTU=Ban Dân vận Tỉnh ủy
UBKT=Ủy ban Kiểm tra
UBKTTW=UBKT Trung ương=Ủy ban Kiểm tra Trung ương
UBKTTU=UBKT Tỉnh ủy=Ủy ban Kiểm tra Tỉnh ủy
VPTW=Văn phòng Trung ương
VPTU=Văn phòng Tỉnh ủy
VPCP=Văn phòng Chính phủ
TU=Tỉnh ủy
HU=Huyện ủy
NQ=Nghị quyết
NĐ=Nghị định
CT=Chỉ thị
QĐ=Quyết định
QĐ=Quy định
KH=Kế hoạch
KL=Kết luận
TTr=Tờ trình
CV=Công văn
HD=Hướng dẫn
TB=Thông báo
BC=Báo cáo
CTr=Chương trình
QC=Quy chế
KDC=Khu dân cư
NTM=Nông thôn mới
TP=Thành phố
TPHCM=TP HCM=TP Hồ Chí Minh=Thành phố Hồ Chí Minh
HCM=Hồ Chí Minh
CTXH=CT-XH=Chính trị xã hội
KTXH=KT-XH=Kinh tế xã hội
ANTT=An ninh trật tự
ANQP=QPAN=QP-AN=Quốc phòng an ninh
ATGT=An toàn giao thông
ATTP=An toàn thực phẩm
BHXH=Bảo hiểm xã hội
BHYT=Bảo hiểm y tế
BĐBP=Bộ đội biên phòng
CAND=Công an nhân dân
CBCC=Cán bộ công chức
CBCCVC=Cán bộ công chức viên chức
CCHC=Cải cách hành chính
CNTT=Công nghệ thông tin
CNVC=Công nhân viên chức
CNVCLĐ=Công nhân viên chức lao động
CNXH=Chủ nghĩa xã hội
XHCN=Xã hội chủ nghĩa
CHXHCN=Cộng hòa xã hội chủ nghĩa
ĐBQH=Đại biểu Quốc hội
DTTS=Dân tộc thiểu số
GDĐT=GD&ĐT=Giáo dục và Đào tạo
GPMB=Giải phóng mặt bằng
HTX=Hợp tác xã
KHCN=KH&CN=Khoa học và Công nghệ
LLVT=Lực lượng vũ trang
NNPTNT=NN&PTNT=Nông nghiệp và Phát triển nông thôn
PCCC=Phòng cháy chữa cháy
PCTN=Phòng chống tham nhũng
QĐND=Quân đội nhân dân
QPPL=Quy phạm pháp luật
THCS=Trung học cơ sở
THPT=Trung học phổ thông
TTHC=Thủ tục hành chính
TNMT=TN&MT=Tài nguyên và Môi trường
VHTTDL=VH,TT&DL=Văn hóa Thể thao và Du lịch
LĐTBXH=LĐ-TB&XH=Lao động Thương binh và Xã hội
VBQPPL=Văn bản quy phạm pháp luật
XĐGN=Xóa đói giảm nghèo
Bana=Ba Na
Êđê=Ê Đê
Giarai=Gia Rai=Jrai
Xêđăng=Xê Đăng=Xơ Đăng
Hmông=H'Mông=Mông
Mnông=M'Nông
Raglai=Ra Glai
Xtiêng=X'tiêng
Cơho=Cơ Ho=K'Ho
Cơtu=Cơ Tu
Vânkiều=Vân Kiều
`
