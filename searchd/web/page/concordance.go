package page

import (
	"strconv"

	"bantin/bulletin"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// concordanceView lists occurrences with the words around them.
type concordanceView struct {
	Desk        deskView
	Nothing     bool // nothing is asked for that could stand in a text
	Orders      []Link
	Lines       []contextLine
	First, Last int
	Considered  int
	Capped      bool
	Prev, Next  string
	CSV         string
}

// contextLine is one occurrence.
type contextLine struct {
	URL, Title         string
	Left, Match, Right string
	Date, Day          string
	Province           string
}

// contextLines is how many occurrences stand on one page.
const contextLines = 50

// ConcordancePage lists every occurrence of what is asked for.
func (s *Pages) ConcordancePage(c *gin.Context, sp answer.Params) error {
	order, from, err := answer.ReadOrder(c.Query("order"), sp.After)
	if err != nil {
		return err
	}
	sp.After, sp.Size = "", answer.DefaultSize
	found, err := s.Concordance(c, sp, order, from, contextLines)
	if err != nil {
		return err
	}
	p := s.NewPage(c, s.Language(c).T("concordance.title"))
	p.Description, p.Search = p.T("concordance.lead"), sp
	if sp.Text != "" {
		p.Title = sp.Text + " – " + p.Title
	}
	address := func(order answer.ContextOrder, from int) string {
		to := deskAddress(sp, "/concordance")
		if order != answer.ByDate {
			to = withParam(to, "order="+string(order))
		}
		if from > 0 {
			to = withParam(to, "after="+strconv.Itoa(from))
		}
		return to
	}
	v := concordanceView{
		Desk: newDesk(c, p, found.Found, "/concordance"), Nothing: answer.NewFinder(found.Found).Empty(),
		First: from + 1, Last: from + len(found.Occurrences), Considered: found.Considered, Capped: found.Capped, CSV: deskAddress(sp, "/concordance.csv"),
	}
	p.NoIndex = v.Desk.Asked
	v.Orders = answer.Each(answer.ContextOrders, func(o answer.ContextOrder) Link {
		return Link{URL: address(o, 0), Text: p.T("concordance." + string(o)), Current: o == order}
	})
	v.Lines = answer.Each(found.Occurrences, func(o answer.Occurrence) contextLine {
		return contextLine{
			URL: p.bulletinURL(o.ID, sp.Text), Title: o.Title, Left: o.Left, Match: o.Match, Right: o.Right,
			Date: p.Moment(o.Published, dayAtMost(o.Precision)), Day: answer.Datetime(o.Published, o.Precision), Province: bulletin.ProvinceLabel(o.Province),
		}
	})
	if from > 0 {
		v.Prev = address(order, max(0, from-contextLines))
	}
	if found.More {
		v.Next = address(order, from+contextLines)
	}
	p.Prev, p.Next, p.Main = v.Prev, v.Next, v
	return s.Render(c, 200, "concordance", p)
}
