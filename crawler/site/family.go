package site

import (
	"bytes"
	_ "embed" // the presets
	"fmt"
	"regexp"
	"sync"

	"github.com/goccy/go-yaml"
)

// Family is the preset of one CMS family.
type Family struct {
	Name        string    `yaml:"name"`
	Title       string    `yaml:"title"` // as people call it
	Marks       marks     `yaml:"marks"`
	Articles    pattern   `yaml:"articles"`
	NotArticles pattern   `yaml:"not_articles"`
	Drop        []string  `yaml:"drop"`
	Select      Selectors `yaml:"select"`
	Cut         []string  `yaml:"cut"`
}

// marks tell a family from the others.
type marks struct {
	Generator []pattern `yaml:"generator"`
	Cookie    []pattern `yaml:"cookie"`
	HTML      []pattern `yaml:"html"`
	URL       []pattern `yaml:"url"`
}

// pattern is a regular expression that decodes from YAML; the zero value
// matches nothing.
type pattern struct{ *regexp.Regexp }

// UnmarshalYAML compiles the expression.
func (p *pattern) UnmarshalYAML(unmarshal func(any) error) error {
	var s string
	if err := unmarshal(&s); err != nil {
		return err
	}
	re, err := regexp.Compile(s)
	p.Regexp = re
	return err
}

func (p pattern) matches(s string) bool { return p.Regexp != nil && p.MatchString(s) }

// Generic is the family of portals that fit no other.
const Generic = "generic"

//go:embed families.yaml
var familyFile []byte

// Families lists the presets, the more particular ones first, generic last.
// The slice is shared: do not change it.
var Families = sync.OnceValue(func() []*Family {
	var all []*Family
	if err := yaml.NewDecoder(bytes.NewReader(familyFile), yaml.Strict()).Decode(&all); err != nil {
		panic(fmt.Sprintf("embedded families.yaml: %v", err))
	}
	return all
})

// FamilyByName returns a preset, nil when there is none of that name.
func FamilyByName(name string) *Family {
	for _, f := range Families() {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// FamilyNames lists the names that a profile's family may have.
func FamilyNames() []string {
	var names []string
	for _, f := range Families() {
		names = append(names, f.Name)
	}
	return names
}

// Preset returns the preset of the profile's family, the generic one when the
// profile is nil or names none.
func (p *Profile) Preset() *Family {
	if p != nil {
		if f := FamilyByName(p.Family); f != nil {
			return f
		}
	}
	return FamilyByName(Generic)
}
