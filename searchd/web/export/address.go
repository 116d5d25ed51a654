package export

import (
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// WholeAddress is the address of the whole result in another form.
func WholeAddress(sp answer.Params, suffix string) string {
	sp = sp.Clone()
	sp.Size = answer.DefaultSize
	return sp.Address("/search." + suffix)
}

// FeedAddress is the address of the Atom feed of a search.
func FeedAddress(sp answer.Params) string {
	sp.Sort = index.Relevance
	return WholeAddress(sp, "atom")
}
