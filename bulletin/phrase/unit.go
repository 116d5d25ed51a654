package phrase

import "bantin/analyzers/vi"

// KindAt is the kind of unit i, 0 beyond the end or in another paragraph.
func (r *Reader) KindAt(i int) byte {
	if i < 0 || i >= len(r.Units) || i > 0 && r.Units[i].Has(vi.NewPara) {
		return 0
	}
	return r.Units[i].Kind
}

// WordAt is the hash of the word or mark at unit i, 0 for none.
func (r *Reader) WordAt(i int) uint64 {
	if i < 0 || i >= len(r.Units) {
		return 0
	}
	return r.Units[i].Hash
}

// GluedNumber reports whether number i goes on to its left: 1.234/5, A4/5.
func (r *Reader) GluedNumber(i int) bool {
	if i == 0 || r.Units[i].Has(vi.Spaced) {
		return false
	}
	switch t := r.Units[i-1]; t.Kind {
	case '/', '+', '%', '$', '#', '=', '_':
		return true
	case '.', ',', '-', ':':
		return i >= 2 && r.Units[i-2].Is('n') && !t.Has(vi.Spaced)
	}
	return false
}

// GluedAfter reports whether number i goes on to its right: a unit, a decimal.
func (r *Reader) GluedAfter(i int) bool {
	k := r.KindAt(i + 1)
	switch {
	case k == '%':
		return true
	case k == 0 || r.Units[i+1].Has(vi.Spaced):
		return false
	case k == '.' || k == ',':
		return r.KindAt(i+2) == 'n' && !r.Units[i+2].Has(vi.Spaced)
	case k == 'w':
		return r.Units[i+1].Hash != Nam && r.Units[i+1].Has(vi.Upper)
	}
	return false
}
