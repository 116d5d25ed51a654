package facts

import (
	"slices"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// A part of a body, such as its office, its union or a hospital under it, is
// not the body: where only the part acts, the body is not named.

// part reports whether a body's name only tells whose part stands before it:
// "Công đoàn Sở Y tế", "Bệnh viện … trực thuộc Sở Y tế".
func (s *scan) part(first int) bool {
	const reach = 9
	if h, ok := s.hitEnding(first, classPart, 2); ok && int(h.first) < first { // Chi hội of Chi hội Luật gia
		return true
	}
	if s.WordAt(first-1) == phrase.Thuoc || s.partAndWhole(first) {
		return true
	}
	for j := first - 1; j >= 0 && first-j < reach; j-- {
		if h, ok := s.hitEnding(j, classPart, 3); ok {
			return s.Units[h.first].Hash != phrase.Truong || s.WordAt(int(h.first)-1) != phrase.HoiTime
		}
		t := s.Units[j]
		_, verb := s.hitEnding(j, classHolds, 2)
		if !t.Is(vi.KindWord) && !t.Is(vi.KindDigits) || t.Hash == phrase.Va || t.Hash == phrase.Voi || verb || s.Units[j+1].Has(vi.NewPara) {
			return false
		}
	}
	return false
}

// partAndWhole reports whether a part that opens the sentence and a comma stand
// before a body at token i, which no further body follows: "Trung tâm Kiểm soát
// bệnh tật, Sở Y tế tổ chức".
func (s *scan) partAndWhole(i int) bool {
	const reach = 12
	if i < 2 || !s.Units[i-1].Is(',') {
		return false
	}
	for j := i - 2; j >= 0 && i-j < reach; j-- {
		if !s.Units[j].Is(vi.KindWord) {
			return false
		}
		if j > 0 && !s.Units[j].Has(vi.NewPara) && !s.endsSentence(j-1) {
			continue
		}
		_, part := s.hitAt(j, classPart)
		_, own := s.hitAt(j, classOrganization)
		whole, body := s.hitAt(i, classOrganization)
		return part && !own && body && !s.goesOn(int(whole.last)+1)
	}
	return false
}

// goesOn reports whether a list goes on behind token i, over a level.
func (s *scan) goesOn(i int) bool {
	for _, c := range []phrase.Class{classLevel, classProvince} {
		if h, ok := s.hitAt(i, c); ok {
			i = int(h.last) + 1
		}
	}
	return s.WordAt(i) == ',' || s.WordAt(i) == phrase.Va
}

// ofAnother tells the bodies of a list that belong to the one behind them:
// "Đoàn Thanh niên Công an tỉnh", "Ban Dân vận Đảng ủy Khối"; neither is named.
func ofAnother(bodies []body, i int) bool {
	if i+1 < len(bodies) && bodies[i].belongsTo(bodies[i+1]) {
		return true
	}
	return i > 0 && bodies[i-1].belongsTo(bodies[i])
}

// committees are party bodies whose boards are their own, not the province's.
var committees = []string{"duk", "dukdn", "du-ccq-dang", "du-ubnd", "duqs", "duca"}

func (b body) belongsTo(next body) bool {
	if b.level != 0 || int(next.first) != b.end+1 {
		return false
	}
	o, _ := bulletin.OrganizationByID(b.id)
	switch o.Group {
	case "socio-political":
		return true
	case "party":
		return slices.Contains(committees, next.id)
	}
	return false
}

// inNumber reports whether token i is among the letters of a document's number:
// UBND of 25/QĐ-UBND.
func (s *scan) inNumber(i int) bool {
	const reach = 10
	if k := s.KindAt(i - 1); k != '-' && k != '/' && k != '.' && s.WordAt(i-1) != phrase.Va {
		return false
	}
	for j := i - 1; j >= 0 && i-j < reach; j-- {
		if !s.Units[j].Is(vi.KindDigits) {
			continue
		}
		if _, end, ok := s.DocumentNumber(j, vi.Announced); ok && end > i {
			return true
		}
	}
	return false
}

// ofCongress reports whether the name at token i is that of a congress whose
// resolution is cited, "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh", not that of
// the committee which it elects.
func (s *scan) ofCongress(i int) bool {
	h, ok := s.hitEnding(i-1, classCongress, 4)
	if ok {
		_, ok = s.hitEnding(int(h.first)-1, classRule, 2)
	}
	return ok
}

// departments are the bodies of a list that says "sở" once: "các sở: Nội vụ,
// Tài chính", "các sở, ban, ngành Y tế, Xây dựng".
func (s *scan) departments() []body {
	const most = 40
	rows := bulletin.OrganizationPatterns()
	var out []body
	for i := 1; i < len(s.Units); i++ {
		if s.Units[i].Hash != phrase.SoOffice || s.Units[i-1].Hash != phrase.Cac {
			continue
		}
		j := i + 1
		for ; j < len(s.Units) && j < i+8 && !s.Units[j].Has(vi.NewPara); j++ {
			if t := s.Units[j]; t.Hash != ',' && t.Hash != phrase.Ban && t.Hash != phrase.Nganh && !t.Is(':') {
				break
			}
		}
		for range most {
			h, ok := s.hitAt(j, classDepartment)
			if !ok {
				break
			}
			out = append(out, body{hit: h, id: rows[h.Value][0], level: levelProvince, end: int(h.last)})
			if j = int(h.last) + 1; s.WordAt(j) != ',' && s.WordAt(j) != phrase.Va {
				break
			}
			j++
		}
	}
	return out
}
