package page

// Style is the style sheet of the service's pages, for others that are to look
// like them.
func Style() ([]byte, error) { return assetFiles.ReadFile("assets/style.css") }
