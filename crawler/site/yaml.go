package site

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

const maxProfile = 256 << 10

// Parse reads one profile. Unknown keys, wrong types and values that cannot
// work are errors that begin with "name:line:". An absent id is the name of
// the file.
func Parse(name string, text []byte) (*Profile, error) {
	if len(text) > maxProfile {
		return nil, fmt.Errorf("%s: %d bytes are too many for a profile", name, len(text))
	}
	p := new(Profile)
	err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(p)
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:1: empty: a profile needs at least family and listings", name)
	}
	if err != nil {
		return nil, located(name, text, err)
	}
	if p.ID == "" {
		p.ID = strings.TrimSuffix(path.Base(name), path.Ext(name))
	}
	if key, err := p.validate(); err != nil {
		return nil, fmt.Errorf("%s:%d: %s: %w", name, lineOf(text, key), key, err)
	}
	return p, nil
}

// located puts the line of a YAML error in front. An error that does not tell
// its line is sought by reading one key at a time.
func located(name string, text []byte, err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return fmt.Errorf("%s:%d: %s", name, at.GetToken().Position.Line, at.GetMessage())
	}
	var keys map[string]any
	if yaml.Unmarshal(text, &keys) != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		one, failed := yaml.Marshal(map[string]any{key: keys[key]})
		if failed == nil && yaml.UnmarshalWithOptions(one, new(Profile), yaml.Strict()) != nil {
			return fmt.Errorf("%s:%d: %s: %w", name, lineOf(text, key), key, err)
		}
	}
	return fmt.Errorf("%s: %w", name, err)
}

// lineOf finds the line of a dotted key such as select.body or listings[1];
// an absent key is blamed on the nearest one above, at last on line 1.
func lineOf(text []byte, key string) int {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return 1
	}
	for key != "" {
		if p, err := yaml.PathString("$." + key); err == nil {
			if node, err := p.FilterFile(file); err == nil && node != nil {
				return firstLine(node)
			}
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return 1
}

func firstLine(node ast.Node) int {
	if seq, ok := node.(*ast.SequenceNode); ok && len(seq.Values) > 0 {
		return seq.Values[0].GetToken().Position.Line
	}
	return node.GetToken().Position.Line
}

// Validate tells whether the profile can work; the error names the key.
func (p *Profile) Validate() error {
	if key, err := p.validate(); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

var idShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (p *Profile) validate() (key string, err error) {
	switch {
	case !idShape.MatchString(p.ID) || len(p.ID) > 80:
		return "id", fmt.Errorf("%q is not in a-z, 0-9 and single hyphens", p.ID)
	case p.Province != "" && !idShape.MatchString(p.Province):
		return "province", fmt.Errorf("%q is not a slug such as tuyen-quang", p.Province)
	case FamilyByName(p.Family) == nil:
		return "family", fmt.Errorf("%q is none of %s", p.Family, strings.Join(FamilyNames(), ", "))
	case len(p.Listings) == 0:
		return "listings", errors.New("name at least one listing's address")
	case p.Pager != "" && !slices.Contains(Pagers(), p.Pager):
		return "pager", fmt.Errorf("%q is none of %s", p.Pager, strings.Join(Pagers(), ", "))
	case p.Pace < 0 || p.Pace > time.Hour:
		return "pace", fmt.Errorf("%v is not between 0s and 1h", p.Pace)
	case p.Timeout < 0 || p.Timeout > time.Hour:
		return "timeout", fmt.Errorf("%v is not between 0s and 1h", p.Timeout)
	case p.MaxPages < 0:
		return "max_pages", errors.New("less than one page")
	case p.PageSize < 0:
		return "page_size", errors.New("less than one item")
	}
	if key, err := p.validateAddresses(); err != nil {
		return key, err
	}
	if _, err := regexp.Compile(p.Articles); err != nil {
		return "articles", err
	}
	return p.validateSelectors()
}

func (p *Profile) validateAddresses() (string, error) {
	for key, list := range map[string][]string{"listings": p.Listings, "feeds": p.Feeds} {
		for i, s := range list {
			u, err := url.Parse(s)
			if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
				return fmt.Sprintf("%s[%d]", key, i), fmt.Errorf("%q is not an http or https address", s)
			}
		}
	}
	for i, h := range p.Hosts {
		if strings.ContainsAny(h, "/ *") || h == "" {
			return fmt.Sprintf("hosts[%d]", i), fmt.Errorf("%q is not a bare host name", h)
		}
	}
	if p.Pages == "" {
		return "", nil
	}
	if !strings.Contains(p.Pages, "{page}") && !strings.Contains(p.Pages, "{start}") {
		return "pages", errors.New("holds neither {page} nor {start}")
	}
	if strings.Contains(p.Pages, "{start}") && p.PageSize == 0 {
		return "page_size", errors.New("{start} needs it")
	}
	return "", nil
}

func (p *Profile) validateSelectors() (string, error) {
	v := reflect.ValueOf(p.Select)
	for i := range v.NumField() {
		sel := v.Field(i).String()
		if sel == "" {
			continue
		}
		if _, err := cascadia.ParseGroup(sel); err != nil {
			return "select." + keyOf(v.Type().Field(i)), fmt.Errorf("not a CSS selector: %w", err)
		}
	}
	return "", nil
}

// keyOf returns the YAML key of a struct field.
func keyOf(f reflect.StructField) string {
	key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return key
}

// Marshal returns the profile as YAML for a person to read and edit: only
// what is set, each key with a comment.
func (p *Profile) Marshal() ([]byte, error) {
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("site profile %s: %w", p.ID, err)
	}
	comments := yaml.CommentMap{}
	commentFields(comments, "$", reflect.ValueOf(*p))
	body, err := yaml.MarshalWithOptions(p, yaml.WithComment(comments), yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("site profile %s: %w", p.ID, err)
	}
	return append([]byte("# yaml-language-server: $schema="+SchemaFile+"\n"), body...), nil
}

func commentFields(m yaml.CommentMap, at string, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if v.Field(i).IsZero() {
			continue
		}
		key := at + "." + keyOf(f)
		m[key] = []*yaml.Comment{yaml.HeadComment(" " + f.Tag.Get("doc"))}
		if f.Type.Kind() == reflect.Struct {
			commentFields(m, key, v.Field(i))
		}
	}
}
