package vi

// latinWords are words and names seen in Vietnamese encyclopedia articles and
// English documentation that would also read as Telex or VNI keystrokes. They
// are keystrokes only in the company of words that can be nothing else.
var latinWords = set(`
a1 a2 a3 a4 a5 a6m aam aan acs af afi afm afo afz air aix ajam ajay aji aju ama amar amf amr ams amx ana anas
anja ans anz anza aof aor aos aps ar aram aran ari arm arn arnaz aro aru arya as asam asan asap asat asc asi
asm asma asn aso asp ast asu asy atas ats au2 au3 aua auf aur aura aus aux awn ax aya ayaz az azam aziz azn
aznar azo azua azur azusa azzam baan baau bacs baf bafu bair bajan bajau bajo bama bamar bangs banja bar baram
baran bari barma barn barna baro baru bary bas basay basch basi basn bast basu baur bax baya bays baz bazan
bazi bazo bee beef been beer bef befe beme bene benz beos ber bern berne bes best bezmer bias bir bis bist
bits bix biz boas boats boer bof bois bongo bono bons bonzo boo boom boon boost boots bora boram boran bore
bori born borno boro borom boron bos bosco bose bosom boson bow bows box boxe boz bozen buf bufa buji bur bura
buri burn bury bus busy buzz bwf ca2 ca3 caan caf cafi cafu camas cams cana canas cans caps car cari caro cary
carya cas casca caso cast casta cats causa chair chaos chaps char charan chari charm charna charo chary chats
chaura chaux chaya chee cheer chef cher chest chez chips chiru chizu choir choix choon chor chore choro chose
chosen choson chow chown chozen churn co2 co3 coast cocos coex coji como conf congo conor cons coo coon cor
cora coran core cori corn coro coron cos cosa cosmo cost cow cox cu2 cuar cuf cuomo cups cur curi cus cwa cwi
cwm cwr daan dad dadan dado daf dafd damas dams dana dand dangard dangda danja dans dar dari daro daru dary
darya das dasam dasi daud daur dawn dax days dda ddaf dde ddee ddef ddi ddos ddots decs ded dedf dee deed
deeds deef deem deems deen deer def defe defend dene dense deps der dere des desc dest dias diaz did dida didn
dienes diezen dims dir dira dis dist dix dizdar docs dod dodo dodson doer does doesn dois dojo domo dongo doo
doom door doori dor dora doran dore dorn doron dos dots dow dowd down downs dox dozen dozens duns duomo dur
dury dust dux dwa dwd dwi dy2 e1 e2 e3 e4 e5 e6 e65 ee eef eems een eeu eez ef efe efm eme emf emre ems ene
ens eof eos eps er erm erne es esc esm eso esp est este ets eure ex exe exo ez eze ezer ezo gaasp gama gana
ganga gangs ganja gans ganz gaps gar garan garang gari garn garo gary gas gasc gasp gast gatas gats gaya gaz
gazi ghee gif gifu gins giono giora gioro gir giro gis gisa gist giza goarm goast goes goji gonz goo goos gora
goran gore gorez gori gorm gorno goro gosat gost gown gozan goze gozem gozo guns gur gura guri gus guts guys
haan hafiz hair haji hama hamas hamra hams hana hanga hangar hangs hanja hans har haram hari harm haru harz
has hasan hasn hast hats haus hausa haya hays he3 hee heen heer heesch heme her here herm hern herne hero herz
hes hex hija hinz hira his hist hits hof hoji hojo homo homs hongo honor hons hoo hoof hoon hoorn hora horan
hori horn hose host how hox huf huns hur hus hust hwa hwm i2 i3 i5 iaf iar ierne if ifa ijaz iju imf ims inf
inr ins ips ir ira irene irn iru is isa ism isn isp ist isu its ius ix iz izu kee keen keeps kees ker keren
kern kero kesen khaan khair khama khams khasan khasi khoja khor khorezm khuree kira kits kizu lais lama lamar
lamas lana lanz lanza laos laps lar lari lary las lasan last lasta laura lawn lax laz lazr lazy lee lees
lejzer leme lens lense lenz leoz les leste lets leuze lex lez li3n liar lif lins linz lips lira lis lisa lisp
list lisu liz liza loans lois longo loon loops loos lor loran lore lorem loren lorenz lori loro los lose lost
lotos lots low loza lui3 luis luiz lujz lur lust lux luz lwf lwr lyf lys maay macs mair mais maji majo mama
mamas mana manas manga mangas mans mansa manx maor maps mar marau mari maro maru mary mas masan masi mast mats
maua max maxi maya mayas mayr mays maz mazur mee meer mees meets mef meme mems menes mens mer mere mero merz
mes mets meuse mex mezzo mi2 mi3 mi5 mif miju minh2 mips mir mira miru mirza mis misa misch mits mix mizu mofa
mois mojam mojang mojo momo mongo mono monos mons moo moom moon moor moos mor mora moran moray more mori moro
moroz mos most mox moxon muir mur mura mus musa must myr mys na2 na2o naam naan naf nafu nair naji najm nama
nana nao2 nar narang naru nas nasan nasca nasi nasm nast nasu nasua nats naur naya nazi nazis nazo nee neer
nejm nemer nemes nene neos ner nero nerz nes nesp nest neue neuer neues nexo nez ngor ngos nif nimr nir nira
nis nist nits nix nizar no2 no3 noasm nocs nofi noir nomos nono noo noon noor nops nor nora noren nori norm
noroi nos nose now nox nums nuns nur nuri nus nusa nuts nuxi nuys nuzi nws o1 o2 o2a o3 o4 oas ocs oems oes of
oif oios ois oji omo oms omx on2 ono ons oo ooi oom ooms oon oops oost opos ops or ora oran orang ore oren ori
oro os osa osan osc ose osen osi osong osp ost ots owi own owns ows ox oxan oxi oxo oz ozan ozon pair pais
paix papas par param parang pari parm parma paro paroz pas pasi paso past pasta pax paya pays paz peer pemex
per pere perez perm pero pes peso pest peste pets pex pez peze phana phar pharma phono photos piaf pieces pins
pisa pius pix piz piza pizza po4 pocs poems poets poir pomo pongo pons poo poon poor pops por poron pos posco
pose posen post pow pozzo puf puja puns purana puri puts pwi pwm pwr quasi queen queens queer queso quest
queue queues quis quiz quran raf rafi rai2 rajan rajang rajya rama rams rana raps rar rarn ras raspa rast
rasta rats rauf raya rays raz razan razi razr re2 reef rees ref rene rer res reset resp rest reuse rex rez rif
rijn ris risa rix riza roar roast rois roo roof room roots ros rosa rose rosen row rows rozen rozwi ruf rufa
rufi ruiz runs rur rus rust rusya rusyn ruz rwm rwr saan sachs safi saif sais saji sama samar sams sana sanga
sangs sanja sans sanz sar saran sari saro saru sary sas sasang sasi sax saxo says see seef seem seems seen
sees sejm senex sens sense seo2 seo4 ser ses sese sets sex siar sims sins sir sirene sis sisu six so2 so3 so4
soar socs soir soja songs sono sons soo soon soor sops sor sora soran sore sos sosa sox sucs sufi suis sujata
sur sura suri surya sus susa susana susy suwa suzy swa swf swr syr sys taif tama tamar tamas tams tamsa tana
tanga tangsa tanja taos tapas taps tar tari tarn taro taru tarzan tas tax taxi taya tayar taz tazi tee teen
teens tees tejo tene tense ter term terme tern test tex tez thana thar tharu thee theme themes there thes
these thieme this tho2 thor thora thori thorn those thury thus thux tif tips tis tisa tisza tois tojo tomo
tomos tono tons too tooi toots tor tora torai tore tori torn torng toro tos tosa tow town towns trajan trans
tranz traps trax tree trees tres trias trieste trips trois trojan troops troost trus trust tuaran tur turn
turya tusi twa twif tyr u1 u17 u2 u3 uaw uax ucs uf ufa uir uis uji umr ums uns unsw ups ur ura uri urn urng
urw us usa usc usi usm usn ust ut1 uwsa ux uzi vair vanga vanja var varna varo vary vas vast vaux vax vaz ver
vere vern verne vero vest vex vierne vips vir viru vis visa viz voix voon voor vor vos vox waf war was wax wcs
wir wix wiz wmf wsu xaf xana xar xeer xero xix xof xoo xoom xor xose xyz y1 y2 y3 y5 yeste yf yr ys
`)
