package alert

// Sign signs a webhook for tests of who receives it.
func Sign(secret []byte, id, stamp, body string) string {
	return Hook{Secret: secret}.sign(id, stamp, body)
}
