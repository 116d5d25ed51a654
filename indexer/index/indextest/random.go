package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// vocabulary is small, so that random queries match, and full of words that
// differ by accents only, so that folding matters.
var (
	vocabulary = strings.Fields("mặt mắt mát trận trần trân tổ tố to quốc hội nghị tỉnh tình ủy uy ban dân giao quý ba bà đại đài phường hòa bình trung ương")
	onsets     = strings.Fields("b c ch d đ g h kh l m n nh ng ph s t th tr v x")
	rimes      = strings.Fields("a ạc ai ám an áng ao ấp ât âu ăn ắng ê ệch o óc oan oai ổi ông ơn ước ương u ung ưng ua ưa uôn uyên uy")
	numbers    = []string{"Trung ương", "54-NQ/TW", "30/2020/NĐ-CP", "73-NQ/TU", "ngày 01/7/2025", "quý III/2020", "khóa XIII", "Covid-19", "TW"}
	provinces  = []string{"tuyen-quang", "ha-giang", "hue", "ca-mau", "lao-cai"}
	orgs       = []string{"tinh-uy", "mttq", "ubnd", "hdnd", "ldld", "ccb"}
	kinds      = []bulletin.Kind{bulletin.GiaoBan, bulletin.SoKet, bulletin.HopBao, bulletin.Khac}
)

type random struct{ *rand.Rand }

func (r random) pick(from []string) string { return from[r.IntN(len(from))] }

// some picks up to n values, perhaps none.
func (r random) some(from []string, n int) []string {
	var out []string
	for range r.IntN(n + 1) {
		out = append(out, r.pick(from))
	}
	return out
}

// word favours the first words of the vocabulary, as languages do. One in
// twenty is one of six hundred rare ones.
func (r random) word() string {
	if r.IntN(20) == 0 {
		return r.pick(onsets) + r.pick(rimes)
	}
	return vocabulary[int(float64(len(vocabulary))*r.Float64()*r.Float64())]
}

func (r random) text(most int) string {
	var b strings.Builder
	for i := range 1 + r.IntN(most) {
		if i > 0 {
			b.WriteString(r.pick([]string{" ", " ", " ", " ", " ", " ", ", ", ". ", "\n\n"}))
		}
		if r.IntN(20) == 0 {
			b.WriteString(r.pick(numbers))
		} else {
			b.WriteString(r.word())
		}
	}
	return b.String()
}

// change makes an update or a deletion of one of n bulletins.
func (r random) change(n int) bulletin.Change {
	id := fmt.Sprintf("b%05d", r.IntN(n))
	c := bulletin.Change{ID: id, Group: id}
	if r.IntN(8) == 0 {
		return c
	}
	c.Bulletin = r.bulletin(id)
	if r.IntN(4) == 0 {
		c.Group = fmt.Sprintf("b%05d", r.IntN(n))
	}
	if r.IntN(2) == 0 {
		c.Meeting = meeting(r.IntN(n))
	}
	return c
}

func meeting(n int) string { return fmt.Sprintf("tuyen-quang-mttq-giao-ban-%d", n) }

func (r random) bulletin(id string) *bulletin.Bulletin {
	b := &bulletin.Bulletin{
		ID: id, Title: r.text(8), Body: r.text(80), Site: r.pick([]string{"", "site-a", "site-b"}),
		Province: r.pick(provinces), Kind: kinds[r.IntN(len(kinds))],
		Organizations: r.some(orgs, 4), Author: r.pick([]string{"", "Nguyễn Văn A", "Nguyễn B"}), Host: r.pick(append(orgs, "", "xa-tan-trao.mttq")),
	}
	b.ProvinceNow = b.Province
	if r.IntN(5) > 0 {
		b.Published = time.Date(2015+r.IntN(8), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(3), 0, 0, 0, bulletin.Zone)
		b.PublishedPrecision = bulletin.Second
	}
	if r.IntN(3) == 0 {
		b.EventDate = fmt.Sprintf("%d-%02d-%02d", 2015+r.IntN(4), 1+r.IntN(12), 1+r.IntN(28))
	}
	if r.IntN(3) > 0 {
		b.Period = bulletin.Period{Year: 2015 + r.IntN(4), Quarter: 1 + r.IntN(4), Basis: bulletin.Stated}
	}
	for _, n := range r.some([]string{"35-ct-tw", "54-nq-tw", "73-nq-tu@tuyen-quang"}, 2) {
		b.Cites = append(b.Cites, bulletin.Citation{Key: n, Label: strings.ToUpper(n), Type: "Nghị quyết"})
	}
	if r.IntN(6) == 0 {
		b.Attachments = []bulletin.Attachment{{URL: "a.pdf", Text: r.text(30)}, {URL: "b.pdf"}}
		if r.IntN(2) == 0 {
			b.Attachments = append(b.Attachments, bulletin.Attachment{URL: "c.pdf", Text: r.text(30), Flag: bulletin.MachineRead}, bulletin.Attachment{URL: "d.pdf", Text: r.text(5)})
		}
	}
	return b
}

var textFields = []index.TextField{index.AnyField, index.AnyField, index.AnyField, index.Title, index.Body, index.Scanned}

func (r random) wordNode() index.Word {
	w := index.Word{Text: r.word(), Accented: r.IntN(2) == 0, Field: textFields[r.IntN(len(textFields))]}
	return key(w)
}

// node makes a query tree.
func (r random) node(depth int) index.Node {
	if depth == 0 || r.IntN(3) == 0 {
		return r.leaf()
	}
	children := make([]index.Node, 1+r.IntN(4))
	for i := range children {
		children[i] = r.node(depth - 1)
	}
	switch r.IntN(6) {
	case 0, 1, 2:
		return index.And(children)
	case 3:
		return index.Not{Child: children[0]}
	}
	or := index.Or{Children: children, Min: r.IntN(len(children) + 1), Best: r.IntN(2) == 0}
	if r.IntN(3) == 0 {
		for range children {
			or.Weights = append(or.Weights, 1+r.IntN(15))
		}
		or.Min *= 8
	}
	return or
}

func (r random) leaf() index.Node {
	switch r.IntN(12) {
	case 0:
		return index.Term{Field: index.Province, Value: r.pick(provinces), Score: float64(r.IntN(3) * 4)}
	case 7:
		return index.Term{Field: index.Day, Value: r.pick([]string{"2016", "2017-03", "2018-11-05", "2020-07-10"}), Score: float64(r.IntN(2) * 5)}
	case 10:
		return index.Term{Field: index.Meeting, Value: meeting(r.IntN(50))}
	case 9:
		return index.Term{Field: index.Author, Value: r.pick([]string{"nguyen van a", "nguyen", "b"})}
	case 8:
		return index.Term{Field: index.ID, Value: fmt.Sprintf("b%05d", r.IntN(50))}
	case 6:
		return index.Term{Field: index.Cites, Value: r.pick([]string{"73-nq-tu", "35-ct-tw", "54-nq"}), Score: float64(r.IntN(2) * 7)}
	case 1:
		return index.Key{Text: r.pick([]string{"54-nq/tw", "30/2020/nd-cp", "2025-07-01", "q2020-3"})}
	case 2:
		return index.Prefix{Text: r.pick([]string{"t", "tr", "m", "b"}), Field: textFields[r.IntN(len(textFields))]}
	case 3, 4, 5:
		p := index.Phrase{Field: textFields[r.IntN(len(textFields))]}
		for range 1 + r.IntN(4) {
			w := r.wordNode()
			w.Field = index.AnyField
			p.Words = append(p.Words, w)
		}
		return p
	}
	return r.wordNode()
}

// facets are all of them, or some.
func (r random) facets() []index.Field {
	all := index.Fields()
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:len(all)-r.IntN(3)*r.IntN(len(all))/2]
}

// query makes a whole query.
func (r random) query() index.Query {
	q := index.Query{
		Root: r.node(3), Size: 1 + r.IntN(12), Facets: r.facets(), Values: r.IntN(4),
		Asked: []index.Node{r.leaf(), r.node(1)}, Expand: r.IntN(3) == 0,
		Sort:    []index.Sort{index.Relevance, index.Relevance, index.Newest, index.Oldest, ""}[r.IntN(5)],
		Filters: map[index.Field][]string{},
	}
	if r.IntN(8) == 0 {
		q.Root = nil
	}
	if r.IntN(3) > 0 { // by values of some bulletin, and by one that none may have
		d := index.Document{Bulletin: *r.bulletin("b")}
		for _, f := range index.Fields() {
			if r.IntN(4) == 0 {
				q.Filters[f] = append(d.Values(f), index.Document{Bulletin: *r.bulletin("b")}.Values(f)...)
			}
		}
	}
	if r.IntN(5) == 0 {
		q.From = time.Date(2016, 3, 1, 0, 0, 0, 0, bulletin.Zone)
	}
	if r.IntN(5) == 0 {
		q.To = time.Date(2020, 3, 1, 0, 0, 0, 0, bulletin.Zone)
	}
	return q
}
