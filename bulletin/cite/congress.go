package cite

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// docCongress is the name of a congress: "Đại hội đại biểu Đảng bộ tỉnh lần
// thứ XVI", "Đại hội XIII của Đảng".
type docCongress struct {
	number   int
	party    bool   // of the Party
	nation   bool   // toàn quốc
	body     string // of a party branch or another organization
	province string // slug, printed
	local    bool   // of a branch of a province or below
	own      bool   // the province is not named: it is the bulletin's
	end      int
}

// provinceHole stands in a label for the name of the bulletin's own province.
const provinceHole = "\x00"

// congresses reads the congresses behind a type: one, or two that share it
// ("Nghị quyết Đại hội XIII của Đảng và Đại hội Đảng bộ tỉnh lần thứ XVI").
func (s *docScanner) congresses(i, j int, typ vi.DocumentType) (next int, ok bool) {
	if s.isWord(j, phrase.Cua) {
		j++
	}
	for {
		c, found := s.congress(j)
		if !found {
			return next, ok
		}
		s.addNamed(i, c.end, c.mention(typ.Name))
		next, ok = c.end, true
		if !s.isWord(next, phrase.Va) {
			return next, ok
		}
		i, j = next+1, next+1
	}
}

func (c docCongress) mention(kind string) docMention {
	m := docMention{kind: kind, province: c.province, local: c.local}
	switch {
	case c.body != "" && c.nation && !strings.HasSuffix(c.body, "Việt Nam"):
		m.label = kind + " Đại hội " + c.body + " toàn quốc lần thứ " + vi.RomanNumeral(c.number)
	case c.body != "":
		m.label = kind + " Đại hội " + c.body + " lần thứ " + vi.RomanNumeral(c.number)
		if strings.HasPrefix(c.body, "Đảng bộ") && (c.own || c.province != "") {
			m.issuer = "TU"
		}
	default:
		m.label, m.issuer = kind+" Đại hội Đảng toàn quốc lần thứ "+vi.RomanNumeral(c.number), "TW"
	}
	return m
}

// congress reads the parts of a congress's name from k on, in any order.
func (s *docScanner) congress(k int) (docCongress, bool) {
	var c docCongress
	if !s.isWord(k, phrase.Dai) || !s.isWord(k+1, phrase.Hoi) {
		return c, false
	}
	k += 2
	for range 12 {
		next, ok := s.congressPart(&c, k)
		if !ok {
			break
		}
		k = next
	}
	c.end = k
	// A congress without any body is the Party's, if its number can be.
	return c, c.number > 0 && (c.body != "" || c.party || c.nation || c.number <= 14)
}

func (s *docScanner) congressPart(c *docCongress, k int) (next int, ok bool) {
	switch {
	case s.isWord(k, phrase.Dai) && s.isWord(k+1, phrase.Bieu):
		return k + 2, true
	case s.isWord(k, phrase.Toan) && s.isWord(k+1, phrase.Quoc):
		c.nation = true
		return k + 2, true
	case s.isWord(k, phrase.Cua) && s.isWord(k+1, phrase.Dang):
		return k + 1, c.body == ""
	case s.isWord(k, phrase.Dang) && s.isWord(k+1, phrase.Bo):
		return s.branch(c, k)
	case s.isWord(k, phrase.Dang) && c.body == "" && !s.isWord(k+1, phrase.Cac):
		c.party = true
		if s.isWord(k+1, phrase.Cong) && s.isWord(k+2, phrase.San) && k+5 <= len(s.Units) {
			return k + 5, true
		}
		return k + 1, true
	case c.number == 0 && (s.isWord(k, phrase.Lan) || s.isWord(k, phrase.Thu) || s.isWord(k, phrase.Khoa)):
		if s.isWord(k, phrase.Khoa) {
			k++
		}
		n, end, ok := s.ordinalAt(k, true)
		c.number = n
		return end, ok
	case c.number == 0 && s.congressDigits(k):
		c.number = ordinal(s.Of(k))
		return k + 1, true
	case c.number == 0 && k < len(s.Units) && s.Units[k].Kind == vi.KindWord && s.upper(k):
		if n := ordinal(s.Of(k)); n > 0 {
			c.number = n
			return k + 1, true
		}
		if n, end := s.Number(k); s.Typed() && end > k+1 && s.follows(end) { // mười ba
			c.number = n
			return end, true
		}
	}
	return s.unionBody(c, k)
}

// congressDigits tells whether a number that a congress may have stands at k:
// "Đại hội 13 của Đảng"; what counts delegates or begins a date does not.
func (s *docScanner) congressDigits(k int) bool {
	if _, end, ok := s.Digits(k); !ok || end != k+1 || s.Units[k].Has(vi.NewPara) {
		return false
	}
	n := ordinal(s.Of(k))
	return n > 0 && n <= 30 && s.follows(k+1) && !s.Mark(k+1, '-') && !s.Mark(k+1, '.')
}

// branch reads "Đảng bộ tỉnh Nam Định", "Đảng bộ huyện Nam Đông".
func (s *docScanner) branch(c *docCongress, k int) (int, bool) {
	if c.body != "" || c.party && c.number > 0 {
		return k, false
	}
	body := k + 2
	province, _, end := s.place(body)
	level := s.level(body)
	switch {
	case province != "":
		p, _ := bulletin.ProvinceBySlug(province)
		c.province, c.body = province, "Đảng bộ "+provinceType(p)+" "+p.Name
	case level == "tỉnh" || level == "thành phố" && end == body+2 || level == "thành phố" && s.isWord(body, phrase.TP) && end <= body+2:
		c.own, c.body = true, "Đảng bộ "+provinceHole
	case end > body:
		c.body = "Đảng bộ " + level
		if name := body + max(1, strings.Count(level, " ")+1); level != "" && name < end {
			c.body += " " + s.Text[s.Units[name].Start:s.Units[end-1].End]
		} else if level == "" {
			c.body = "Đảng bộ " + s.Text[s.Units[body].Start:s.Units[end-1].End]
		}
	default:
		return k, false
	}
	c.local = true
	return end, true
}

// unionBody reads another organization's name: "Hội Nông dân tỉnh Lào Cai".
func (s *docScanner) unionBody(c *docCongress, k int) (int, bool) {
	if s.isWord(k, phrase.Cua) {
		k++
	}
	row, end, ok := s.match(k, classUnion)
	if !ok || c.body != "" || c.party || !s.capital(k) {
		return k, false
	}
	c.body = unions()[row][0]
	switch level := s.level(end); level {
	case "":
	case "tỉnh", "thành phố":
		c.local = true
		if c.province, _, end = s.place(end); c.province != "" {
			p, _ := bulletin.ProvinceBySlug(c.province)
			c.body += " " + provinceType(p) + " " + p.Name
		} else {
			c.body += " " + provinceHole
		}
	default:
		from := end
		_, _, end = s.place(end)
		c.local, c.body = true, c.body+" "+s.Text[s.Units[from].Start:s.Units[end-1].End]
	}
	return end, true
}
