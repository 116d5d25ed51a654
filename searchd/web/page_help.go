package web

import (
	"cmp"
	"slices"

	"github.com/gin-gonic/gin"
)

// helpView explains the query language.
type helpView struct {
	Syntax   []example
	Problems []link // Text is the title, Note the anchor
	Base     string
}

// example is a query to try, with what it finds now.
type example struct {
	link
	Means string
}

// helpQueries are explained in the catalogues under help.a, help.b …
var helpQueries = []string{
	"mặt trận", "mat tran", `"khối Mặt trận"`, "giao ban -covid", "(nông dân OR phụ nữ) giám sát", "tuyên truy*",
	"tiêu đề:giao ban", "tỉnh:tuyên quang", "quý:III/2020", "cơ quan:mttq", "trích:35-CT/TW", "loại:sơ kết",
	"từ:2020 đến:2021", "73-NQ/TU", "UBND tỉnh", "mawtj traanj",
}

func (s *server) helpPage(c *gin.Context) error {
	p := s.newPage(c, s.language(c).T("nav.help"))
	p.Nav, p.Description = "help", p.T("help.lead")
	v := helpView{Base: s.base(c)}
	for i, q := range helpQueries {
		ask := p.Search
		ask.Text = q
		n, err := s.count(c, ask)
		if err != nil {
			return err
		}
		v.Syntax = append(v.Syntax, example{link{URL: ask.address("/search"), Text: q, Count: n}, p.T("help." + string(rune('a'+i)))})
	}
	for slug := range problemStatus {
		v.Problems = append(v.Problems, link{Note: slug, Text: p.T("problem." + slug), Count: problemStatus[slug]})
	}
	slices.SortFunc(v.Problems, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.Count, b.Count), cmp.Compare(a.Note, b.Note))
	})
	p.Main = v
	return s.render(c, 200, "help", p)
}
