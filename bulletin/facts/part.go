package facts

import (
	"slices"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// A part of a body, such as its office, its union or a hospital under it, is
// not the body: where only the part acts, the body is not named.

// part reports whether a body's name only tells whose part stands before it:
// "Công đoàn Sở Y tế", "Bệnh viện … trực thuộc Sở Y tế".
func (s *scan) part(first int) bool {
	const reach = 8
	if h, ok := s.hitEnding(first, classPart, 2); ok && int(h.first) < first { // Chi hội of Chi hội Luật gia
		return true
	}
	if s.WordAt(first-1) == phrase.Thuoc || s.partAndWhole(first) {
		return true
	}
	for j := range s.leftward(first, reach) {
		if h, ok := s.hitEnding(j, classPart, 3); ok && (h.Value != partAdjoining || j == first-1) {
			return true
		}
		u := s.Units[j]
		if !u.Is(vi.KindWord) && !u.Is(vi.KindDigits) || s.oneOf(j, phrase.Va, phrase.Voi) || s.ends(j, classHolds, 2) {
			return false
		}
	}
	return false
}

// partAndWhole reports whether a part that opens the sentence and a comma stand
// before a body at token i, which no further body follows: "Trung tâm Kiểm soát
// bệnh tật, Sở Y tế tổ chức".
func (s *scan) partAndWhole(i int) bool {
	const reach = 10
	start := s.openingWithin(i-1, reach)
	if s.KindAt(i-1) != ',' || start < 0 || !s.starts(start, classPart) || s.starts(start, classOrganization) {
		return false
	}
	behind := s.past(s.past(s.past(i, classOrganization), classLevel), classProvince)
	noWord := func(u vi.Unit) bool { return !u.Is(vi.KindWord) }
	return behind > i && !s.oneOf(behind, ',', phrase.Va) && !slices.ContainsFunc(s.Units[start:i-1], noWord)
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
	return b.Group == "socio-political" || b.Group == "party" && slices.Contains(committees, next.ID)
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
	return ok && s.ends(int(h.first)-1, classRule, 2)
}

// departments are the bodies of a list that says "sở" once: "các sở: Nội vụ,
// Tài chính", "các sở, ban, ngành Y tế, Xây dựng".
func (s *scan) departments() []body {
	var out []body
	for _, list := range s.longest(classDepartments) {
		for j := int(list.last) + 1; ; j++ {
			h, ok := s.hitAt(j, classDepartment)
			if !ok {
				break
			}
			b := newBody(h)
			b.level = levelProvince
			out = append(out, b)
			if j = b.end + 1; !s.oneOf(j, ',', phrase.Va) {
				break
			}
		}
	}
	return out
}
