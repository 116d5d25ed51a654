package facts

// englishWords are English words of a question that mean the grammar's.
var englishWords = map[string]uint16{
	"quarter": wordQuy, "year": wordNam, "month": wordThang, "from": wordTu, "to": wordDen, "until": wordDen,
}

// englishNames are what bodies are called in English, as patterns.
var englishNames = map[string]string{
	"mttq":    "[vietnam] fatherland front [committee]",
	"hlhpn":   "women {s|union} [union] | womens union",
	"doan":    "[ho chi minh] [communist] youth union",
	"hnd":     "{farmer|farmers} [s] {union|association}",
	"ccb":     "{veteran|veterans} [s] association | war veterans",
	"ldld":    "{labor|labour} {federation|confederation} | trade {union|unions}",
	"tinh-uy": "provincial party committee | party committee",
	"ubnd":    "people [s] committee | peoples committee",
	"hdnd":    "people [s] council | peoples council",
	"cong-an": "provincial police",
	"ctxh":    "socio political organizations | mass organizations",
}
