package site

import _ "embed" // the published schema

// SchemaFile is the name of the JSON Schema that Save writes beside profiles
// and that their first line refers editors to; schema_test.go derives it from
// Profile, so that the two cannot part.
const SchemaFile = "profile.schema.json"

//go:embed profile.schema.json
var schemaFile []byte
