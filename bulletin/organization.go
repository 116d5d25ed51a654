package bulletin

import (
	_ "embed" // for the table
	"slices"
	"strings"
	"sync"
)

//go:embed tables/organizations.tsv
var organizationsTSV string

// OrganizationInfo is one of the bodies that bulletins name.
type OrganizationInfo struct {
	ID         string
	Label      string   // full name to show
	Group      string   // front, socio-political, group, party, party-district, state, department, armed, judicial, central-branch, association, district, central
	From       string   // first day, YYYY-MM-DD, for bodies made by the reform of 2025; else empty
	Until      string   // day by which it had ended; empty while it exists
	Successors []string // ids of the bodies that took its work over
	// Patterns spell it in texts, as package phrase reads them.
	Patterns string
}

// Organizations returns every body that the reader of organizations knows.
func Organizations() []OrganizationInfo { return slices.Clone(organizations().list) }

// OrganizationByID returns the body of an id such as mttq.
func OrganizationByID(id string) (OrganizationInfo, bool) {
	o, ok := organizations().byID[id]
	return o, ok
}

// BelowProvince tells the ids that stand for the bodies of districts and
// communes, of which a province has many.
func (o OrganizationInfo) BelowProvince() bool {
	return o.Group == "district" || o.Group == "party-district"
}

// OrganizationLabel returns the name to show for an id, the id itself when it
// is unknown.
func OrganizationLabel(id string) string {
	if o, ok := OrganizationByID(id); ok {
		return o.Label
	}
	return id
}

// OrganizationPatterns returns every body in the order in which their patterns
// are tried, with others between, of the id "-", for words that only look like a
// body's name.
func OrganizationPatterns() []OrganizationInfo { return organizations().rows }

type organizationTable struct {
	rows, list []OrganizationInfo // list without the id "-"
	byID       map[string]OrganizationInfo
}

var organizations = sync.OnceValue(func() organizationTable {
	t := organizationTable{byID: map[string]OrganizationInfo{}}
	for _, f := range ReadTable(organizationsTSV, 7) {
		o := OrganizationInfo{
			ID: f[0], Label: f[1], Group: f[2], From: f[3], Until: f[4], Successors: strings.Fields(f[5]), Patterns: f[6],
		}
		if t.rows = append(t.rows, o); o.ID != "-" {
			t.list, t.byID[o.ID] = append(t.list, o), o
		}
	}
	return t
})
