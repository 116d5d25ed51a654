package phrase

import "strings"

// expand gives every sequence of words that a pattern stands for: [a|b] may be
// absent, {a|b} is either, $NAME is a macro.
func expand(pattern string) [][]string {
	seqs, _ := expandSeq(pattern, 0)
	return seqs
}

// expandSeq reads alternatives up to a closing bracket.
func expandSeq(p string, i int) (seqs [][]string, end int) {
	done, current := [][]string(nil), [][]string{nil}
	for i < len(p) {
		var next [][]string
		switch c := p[i]; c {
		case ' ':
			i++
			continue
		case '|':
			done, current = append(done, current...), [][]string{nil}
			i++
			continue
		case ']', '}':
			return append(done, current...), i + 1
		case '[', '{':
			next, i = expandSeq(p, i+1)
			if c == '[' {
				next = append(next, nil)
			}
		default:
			n := strings.IndexAny(p[i:], " |[]{}")
			if n < 0 {
				n = len(p) - i
			}
			next = [][]string{{p[i : i+n]}}
			if m, ok := macros[p[i:i+n]]; ok {
				next = expand(m)
			}
			i += n
		}
		current = product(current, next)
	}
	return append(done, current...), i
}

func product(a, b [][]string) [][]string {
	var out [][]string
	for _, x := range a {
		for _, y := range b {
			out = append(out, append(append([]string(nil), x...), y...))
		}
	}
	return out
}

var macros = map[string]string{
	"$BTV":  "[thường trực|ban thường vụ|BTV]",
	"$UB":   "{ủy ban|UB}",
	"$MTTQ": "{mặt trận tổ quốc|MTTQ|MT tổ quốc}",
	"$VN":   "{việt nam|VN}",
	"$TW":   "{trung ương|TW}",
	"$VP":   "{văn phòng|VP}",
	"$UBND": "{ủy ban nhân dân|UBND|UB nhân dân}",
	"$HĐND": "{hội đồng nhân dân|HĐND|HDND|HĐ nhân dân}",

	"$DAY":   "<d> [{+st|+nd|+rd|+th}]",
	"$MONTH": "{/ <d> [[/|,] [năm] <year>]|- <d> [[-] [năm] <year>]|. <d> [[,] [năm] <year>]|<month> [[,|/] [năm] <year>]}",
	"$YEAR":  "[[/|(] [năm|của] <year>|, năm <year>]", // behind a quarter or month
}
