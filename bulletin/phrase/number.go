package phrase

import "bantin/analyzers/vi"

// Number reads a number from 1 to 999 in words at unit i: mười tám, hai mươi mốt,
// một trăm linh năm, and as people say and type it ba lăm, hai một hai. end is
// the unit behind it; n is 0 for none.
func (r *Reader) Number(i int) (n, end int) {
	first := r.numeral(i)
	if first == 0 || !r.Is(i+1, Tram) {
		return r.tens(i)
	}
	n, end = r.tens(i + 2)
	if r.Is(i+2, Linh) || r.Is(i+2, Le) {
		if n = r.numeral(i + 3); n > 0 {
			end = i + 4
		}
	}
	return 100*first + n, end
}

// tens reads a number below a hundred, or in what a person typed digit by digit.
func (r *Reader) tens(i int) (n, end int) {
	first := r.numeral(i)
	second := r.numeral(i + 1)
	switch {
	case r.Is(i, Muoi) && !r.Is(i+1, MuoiTimes) && second > 0:
		return 10 + second, i + 2
	case first > 0 && r.Is(i+1, MuoiTimes):
		if one := r.numeral(i + 2); one > 0 {
			return 10*first + one, i + 3
		}
		return 10 * first, i + 2
	case r.Is(i, Muoi):
		return 10, i + 1
	case first == 0 || second == 0 || !r.Typed():
		return first, i + min(first, 1)
	}
	if third := r.numeral(i + 2); third > 0 {
		return 100*first + 10*second + third, i + 3
	}
	return 10*first + second, i + 2
}

// numeral is the digit that unit i is the word of, 0 for none: năm before a
// number is a year.
func (r *Reader) numeral(i int) int {
	if r.Is(i, Nam) && i+1 < len(r.Units) && r.Units[i+1].Kind == vi.KindDigits {
		return 0
	}
	m, _, _ := r.Time(i, classNumeral)
	return int(m.Value)
}
