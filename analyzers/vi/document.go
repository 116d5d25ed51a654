package vi

// numberWindow is how many bytes the number of a document may take.
const numberWindow = 80

// document returns the key of the document whose number begins at unit i, read
// by the grammar that citations are read with, and the unit behind it; 0 for
// none.
func (s *scanner) document(i int) (string, int) {
	if !s.lettersFollow(i) {
		return "", 0
	}
	n, end, ok := s.numberAt(i)
	if !ok {
		return "", 0
	}
	return n.key(), end
}

// numberAt reads the number of a document at unit i from a scan of the bytes
// that it may take.
func (s *scanner) numberAt(i int) (n DocumentNumber, end int, ok bool) {
	from := s.units[i].start
	window := cutAt(s.text[from:], numberWindow)
	scan := NewScan(window)
	n, last, ok := scan.DocumentNumber(0, Typed)
	if !ok {
		return n, i, false
	}
	stop := from + int(scan.Units[last-1].End)
	for end = i; end < len(s.units) && s.units[end].start < stop; end++ {
	}
	return n, end, true
}

// lettersFollow tells cheaply whether unit i may begin a document's number:
// the letters of a type or, behind a mark, of a body follow, perhaps behind a
// glued letter and a year.
func (s *scanner) lettersFollow(i int) bool {
	if n := s.units[i].syl1 - s.units[i].syl0; n > 6 {
		return false
	}
	k := i + 1
	if k < len(s.units) && s.units[k].gap == 0 && s.units[k].letters == 1 {
		k++
	}
	if _, ok := s.year(k); ok && s.units[k].gap&(gapSlash|gapHyphen) != 0 {
		k++
	}
	if k >= len(s.units) || s.units[k].number || s.units[k].gap&gapBreak != 0 {
		return false
	}
	u := &s.units[k]
	if u.gap&(gapSlash|gapHyphen) != 0 {
		return u.uppers > 0 || u.central > 0 || !u.syllable || u.letters <= 4
	}
	_, known := documents.folded[string(s.fold[u.fold0:u.fold1])]
	return known
}

// listedDocument reads the first of several numbers that share what follows:
// 217, 218 - QĐ/TW.
func (s *scanner) listedDocument(i int) (string, int) {
	const most = 4
	for k := i + 1; k <= i+most && k < len(s.units); k++ {
		if !s.units[k].number && s.is(k, wordAnd) {
			continue
		}
		if _, ok := s.value(k, 5); !ok || s.units[k].gap&^(gapComma|gapSpace|gapLine) != 0 {
			return "", 0
		}
		if s.units[k].gap&gapComma == 0 && !s.is(k-1, wordAnd) {
			return "", 0
		}
		if !s.lettersFollow(k) {
			continue
		}
		if n, _, ok := s.numberAt(k); ok {
			n.Number = paddedNumber(string(s.syl[s.units[i].syl0:s.units[i].syl1]))
			return n.key(), i + 1
		}
	}
	return "", 0
}
