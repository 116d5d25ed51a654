package page

import (
	"cmp"
	"slices"

	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// helpView explains the query language.
type helpView struct {
	Syntax   []example
	Problems []Link // Text is the title, Note the anchor
	Base     string
}

// example is a query to try, with what it finds now.
type example struct {
	Link
	Means string
}

// englishQueries are the same with the operators that English readers type.
var englishQueries = map[string]string{
	"tiêu đề:giao ban": "title:giao ban", "tỉnh:tuyên quang": "province:tuyen quang", "quý:III/2020": "quarter:2020-Q3",
	"cơ quan:mttq": "org:mttq", "trích:35-CT/TW": "cites:35-CT/TW", "loại:sơ kết": "kind:so-ket", "từ:2020 đến:2021": "from:2020 to:2021",
	"chủ trì:tỉnh ủy": "host:tinh-uy", "năm:2020": "year:2020", `tác giả:"Ban Biên tập"`: `author:"Ban Biên tập"`, "nội dung:giám sát": "body:giám sát",
}

// helpQueries are explained in the catalogues under help.a, help.b …
var helpQueries = []string{
	"mặt trận", "mat tran", `"khối Mặt trận"`, "giao ban -covid", "(nông dân OR phụ nữ) giám sát", "tuyên truy*",
	"tiêu đề:giao ban", "tỉnh:tuyên quang", "quý:III/2020", "cơ quan:mttq", "trích:35-CT/TW", "loại:sơ kết",
	"từ:2020 đến:2021", "73-NQ/TU", "UBND tỉnh", "mawtj traanj",
	"chủ trì:tỉnh ủy", "năm:2020", `tác giả:"Ban Biên tập"`, "nội dung:giám sát",
}

// HelpPage explains the query language.
func (s *Pages) HelpPage(c *gin.Context) error {
	p := s.NewPage(c, s.Language(c).T("nav.help"))
	p.Nav, p.Description = "help", p.T("help.lead")
	v := helpView{Base: s.Base(c)}
	for i, q := range helpQueries {
		if english, ok := englishQueries[q]; ok && p.Lang == "en" {
			q = english
		}
		ask := p.Search
		ask.Text = q
		n, err := s.Count(c, ask)
		if err != nil {
			return err
		}
		v.Syntax = append(v.Syntax, example{Link{URL: ask.Address("/search"), Text: q, Count: n}, p.T("help." + string(rune('a'+i)))})
	}
	for slug := range answer.ProblemStatus {
		v.Problems = append(v.Problems, Link{Note: slug, Text: p.T("problem." + slug), Count: answer.ProblemStatus[slug]})
	}
	slices.SortFunc(v.Problems, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.Count, b.Count), cmp.Compare(a.Note, b.Note))
	})
	p.Main = v
	return s.Render(c, 200, "help", p)
}
