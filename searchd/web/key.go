package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// Key lets a program ask more than a visitor may. Only its hash is known here.
type Key struct {
	Name   string  `json:"name"`   // who has it, for the operator
	SHA256 string  `json:"sha256"` // of the key, in hexadecimal digits
	Rate   float64 `json:"rate"`   // requests a second for long; 0 is no limit
	Burst  int     `json:"burst"`  // requests at once; 0 is four times the rate
	Daily  int     `json:"daily"`  // requests of one day in Vietnam; 0 is no limit
}

// ReadKeys reads a file of keys, a JSON object with the list "keys", and refuses
// what it does not know.
func ReadKeys(data []byte) ([]Key, error) {
	var file struct {
		Keys []Key `json:"keys"`
	}
	if err := answer.ReadJSON(data, &file); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	_, err := newQuotas(file.Keys)
	return file.Keys, err
}

// newQuotas returns what each key may ask, by its hash.
func newQuotas(keys []Key) (map[[sha256.Size]byte]*answer.Quota, error) {
	all := map[[sha256.Size]byte]*answer.Quota{}
	for _, k := range keys {
		sum, err := hex.DecodeString(k.SHA256)
		hash := [sha256.Size]byte{}
		switch _, twice := all[[sha256.Size]byte(append(sum, hash[:]...))]; {
		case err != nil || len(sum) != sha256.Size:
			return nil, fmt.Errorf("key %s: sha256 is no such hash: make it with printf %%s KEY | sha256sum", k.Name)
		case twice:
			return nil, fmt.Errorf("key %s is there twice", k.Name)
		case k.Rate < 0 || k.Burst < 0 || k.Daily < 0:
			return nil, fmt.Errorf("key %s: a limit is below 0", k.Name)
		}
		all[[sha256.Size]byte(sum)] = answer.NewQuota(k.Rate, k.Burst, k.Daily)
	}
	return all, nil
}

// quotaOf returns what the key of a request may ask, nil for a request without
// one, or says that nobody has such a key.
func (s *server) quotaOf(c *gin.Context) (*answer.Quota, error) {
	scheme, key, _ := strings.Cut(c.GetHeader("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || !forPrograms(c.Request.URL.Path) {
		return nil, nil //nolint:nilnil // most requests have none
	}
	q, ok := s.quotas[sha256.Sum256([]byte(strings.TrimSpace(key)))]
	if !ok {
		return nil, answer.NewProblem("key-unknown", nil)
	}
	return q, nil
}
