"""Small lists of common words and names, by language, that tell the parts of a name apart."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    "van von vom vander zu zum zur de del dela dello della delle degli dei di da dal dalla das do dos du des d' la le lo los "
    "las l' den der het ten ter te 't op af av til el al ul ould bin bint binti binte ben ibn ibnu abu abou umm ap ab ferch "
    "san santa sant são st st. saint sainte mac mc nic ní ó o"
)
"""What may stand between a given name and the family name."""

ONLY_SMALL = _words("ben o ab ap av te op lo do das ten den der til zu umm 't")
"""Particles that are names, or parts of names, when they begin with a capital."""

ARTICLES = _words("de den der het te ten ter 't ’t la las los le")
"""Articles that belong to the particle before them, capital or not …"""

BEFORE_ARTICLES = _words("van von op in aan uit over onder bij voor auf zu de")
"""… and the particles that may precede them: Van Der Zee, in 't Veld, aan den Rijn."""

OF_THE_FAMILY = _words("mac mc nic ní ó o st st. saint sainte san santa sant são")
"""Particles that always stay with the family name."""

WITH_THE_FAMILY = _words("di dello della dalla degli dei lo")
"""Italian particles that stay with the family name even if small; without those that other languages share."""

JOINERS = _words("y i")
"""Words between two family names (García y Vega, Prat i Soler)."""

TITLES = _words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend revd hon honorable honourable rt lt gen herr frau fr "
    "monsieur madame mme mlle messrs doña dott dottssa dottoressa sig sigra sra srta señor señora señorita senhor senhora ing "
    "dipl dipling mag bakk mmag ddr drs mudr judr phdr rndr mvdr paeddr thdr avv univ univ-prof priv-doz habil colonel captain capt "
    "cmdr cdr commander sgt sergeant cpl admiral brigadier lieutenant lcdr ltc ssgt msgt gov governor senator congressman "
    "congresswoman ambassador amb judge excellency president secretary administrator commissioner councillor councilor cllr "
    "minister chancellor archbishop monsignor pastor rabbi imam sheikh shaikh sheik haji hajji shri smt ustad pandit datuk "
    "dato baron baroness count countess comte comtesse freiherr freifrau viscount"
)

WITH_DOT = _words(
    "col maj adm brig pvt cpt rep sen del ir dra arch geom rag cav sr eng lic lcda lcdo abg ra rae don doz"
)
"""Titles that count only with a dot, since without they are names or words …"""

AFTER_TITLE = _words(
    "med rer nat phil jur theol pol oec vet dent mont hc h.c em emer eh e.h mult habil dr ing col gen maj adm techn col."
)
"""… titles that only follow another one (Dr. med., Lt Col, Prof. em.) …"""

BEFORE_TWO = _words(
    "don dona sri major general justice prince princess bishop cardinal father brother sister deputy representative"
)
"""… titles that count only if at least two words follow, since they are names, too …"""

IN_CAPITALS = _words("ra rae pd")
"""… and titles that count only in capitals (RA, a lawyer in Germany)."""

STYLES = _words(
    "earl countess count duke duchess marquess marquis marchioness viscount viscountess baron baroness prince princess bishop "
    "archbishop abbot abbess dean king queen lord lady laird"
)
"""Styles before 'of' and the name that somebody is listed under: Earl of Marne."""

CHURCH = _words("bishop archbishop abbot abbess dean")
"""Styles of clergy, which are only a role if they follow a name and a comma."""

PEERS = _words("lord lady baron baroness count countess")
"""Titles that, after a comma, precede the family name (Frederic, Lord Leighton)."""

PLAIN_SUFFIXES = _words("jr sr jun sen junior senior filho neto esq esquire phd msc bsc mba bt hon ret retd")
"""Suffixes of a name, capital or not …"""

INITIAL_SUFFIXES = _words(
    "md do dds dvm jd ma ba mba ms bs llb llm llp qc kc mp mep obe cbe mbe kbe dbe om ra pra rn cpa cfa cfp clu lutc pe pmp "
    "cissp frs fba frse freng bt dphil edd msced mphil mfa mpa mph mls mlis med mha mpp msw msn bsn dnp aprn lcsw psyd pharmd "
    "scd dsc dba emba drsc dis cism cisa cma csm pmi ceng mieee ieee facs facp bcl bfa bed bcom csc usn usa usaf "
    "usmc uscg ii iii iv vi vii viii"
)
"""… and suffixes that count only in capitals or with dots, since some are family names, too."""

ORGANISATIONS = _words(
    "school group collective collaborative gallery team teams lab labs laboratory office offices society club committee "
    "council network industries family studio studios press department departments dept girls center centre administration "
    "agency bureau board commission community communities service services program programme programs project projects "
    "initiative institute institution university college academy foundation association federation alliance consortium "
    "coalition ministry authority division directorate unit taskforce staff editors editorial contributors admins newsroom "
    "podcast blog newsletter magazine journal corps corporation corp company inc ltd llc llp plc gmbh ag kg sarl bv ab "
    "oy partners partnership ventures holdings systems solutions technologies technology engineering operations analytics "
    "marketing communications research support helpdesk library museum archive archives conference summit workshop "
    "government survey embassy parliament congress senate hospital clinic police army navy redaktion verein amt "
    "abteilung stiftung gesellschaft hochschule universität universitaet equipe équipe bureaux ministère ministere école "
    "ecole association fondation société societe equipo oficina fundación fundacion universidad escuela ministerio instituto "
    "equipo squadra ufficio università universita fondazione stichting afdeling"
)
"""Words that mark the name of an organisation, unless they come first."""

OFFICES = _words(
    "office center centre department dept ministry bureau agency team committee council commission board division directorate "
    "institute university college school society association foundation federation library museum friends bank house court "
    "embassy government group section branch secretariat service services division office league union church college embassy "
    "oficina ministerio universidad instituto ministère ministere université universite école ecole bureau institut "
    "universität amt ufficio università"
)
"""Words that mark it also as the first word, if 'of', 'for' or the like follows: Office of Water Levels …"""

FIRST_OF_OFFICES = _words(
    "team equipo équipe equipe agence agencia agenzia ministerium ministerio ministère projekt squadra afdeling"
)
"""… words that mark it as the first word whatever follows …"""

BINDERS = _words("of for and de del della des du für fur pour para per voor van der do da på och et y und i")
"""… and the words that may follow those of `OFFICES`."""

AS_THEY_STAND = ("is", "am", "ti", "ms", "my", "mn")
"""Languages whose people are listed by their given name, since the name after it is their father's."""

DOUBLE_SURNAMES = ("es", "ca", "gl", "eu")

OTHER_MIDDLE_NAMES = (
    "ru",
    "uk",
    "be",
    "bg",
    "ar",
    "fa",
    "ur",
    "hi",
    "ta",
    "te",
    "ml",
    "kn",
    "bn",
    "mr",
    "gu",
    "pa",
    "am",
    "hy",
    "ka",
    "az",
    "kk",
)
"""Languages in which a middle name is that of a parent or of a place."""

CHINESE = (
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie tang song han "
    "deng feng cao peng zeng xiao tian dong yuan pan jiang cai yu du ye cheng su wei lu lü ding ren shen yao cui "
    "zhong tan fan liao shi xiong qiu hou bai lei qian meng qin shao wan qiao lai gong hao fu long duan jin "
    "ouyang sima shangguan zhuge tsai chang wong chan cheung leung lam kwok chow tsang hsu hsieh chiang chou tseng chao "
    "chu ng lau yeung kwan siu yip tsui mak choi hui mok lo ho szeto"
).split()
"""Chinese family names in pinyin and other spellings, the commonest first. Of two, the commoner is likelier the family name."""

RARER_CHINESE = _words(
    "xi ai an ao ba bao bi bian bo bu cang cen chi chu cong cui dai dang diao ding dou e fang fei feng fu gan gao ge geng "
    "gong gou gu guan gui hong hou hua huai huan ji jia jiao jing ju kan kang ke kong kou kuang lan lang leng lian ling lou "
    "lu luan mao mei meng mi miao ming mo mou mu ni nie ning niu nong ou pan pang pei pi piao ping pu qi qiang qu quan rao "
    "rong ruan sha shan shang she sheng shu shuai si su tai tao teng tong tu weng wen xian xiang xing xin xiu xuan yan yi yin "
    "ying you yue yun zan zang zhai zhan zhang zhen zhi zhong zhuang zhuo zi zong zou zu zuo"
)
"""Rarer Chinese family names in pinyin. Most are also syllables of given names."""

SOUTHERN = _words(
    "ng lee tan lim ong goh koh teo chua sim seah toh yeo foo heng quek wee low loh soh tay phua chia chew chow ang poh yap "
    "liew wong yong khoo kuok kwa gan cheong leong loke tham thio tjoa oei tiong chin choo chong hoe hong kee khaw khoo koo "
    "lai lau law leow liang lien loo lum mah mak mok neo ooi pang pek png sia siew sng soon sum tang teh teoh thong tiew ting "
    "toh tong wan woo woon yee yip"
)
"""Chinese family names as people of Singapore, Malaysia and Hong Kong spell them."""

KOREAN = (
    "kim lee yi park pak choi choe jung jeong chung kang cho jo yoon yun jang chang lim im han oh seo suh shin kwon gwon hwang "
    "ahn an song ryu yoo yu hong jeon jun ko go moon mun yang son sohn bong bae paik baek baik heo hur nam noh roh ha kwak joo "
    "koo gu min ban woo namgung hwangbo"
).split()

VIETNAMESE = (
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong mai luong cao dao ha "
    "lam trieu quach thai"
).split()

DISTINCTLY_VIETNAMESE = _words("nguyen tran pham huynh hoang phan bui duong trinh truong doan")

JAPANESE = _words(
    "sato satou suzuki takahashi tanaka ito itou watanabe yamamoto nakamura kobayashi kato katou yoshida yamada sasaki "
    "yamaguchi matsumoto inoue kimura hayashi shimizu yamazaki mori abe ikeda hashimoto yamashita ishikawa nakajima maeda "
    "fujita ogawa goto gotou okada hasegawa murakami kondo kondou ishii saito saitou sakamoto endo endou aoki fujii nishimura "
    "fukuda ota oota miura fujiwara okamoto matsuda nakagawa nakano harada ono tamura takeuchi kaneko wada nakayama ishida "
    "ueda morita hara shibata sakai kudo yokoyama miyazaki miyamoto uchida takagi ando taniguchi ohno maruyama imai takada "
    "fujimoto takeda murata ueno sugiyama masuda sugawara hirano kojima otsuka chiba kubo matsui"
)

HUNGARIAN_GIVEN = _words(
    "laszlo istvan jozsef janos zoltan sandor ferenc gabor attila peter tamas zsolt tibor andras csaba imre lajos gyorgy "
    "balazs gyula mihaly karoly robert david adam bence daniel viktor krisztian mate gergely gergo norbert akos miklos bela "
    "geza denes pal maria erzsebet katalin ilona eva anna zsuzsanna margit judit agnes julianna andrea ildiko erika krisztina "
    "eszter monika edit gabriella szilvia anita reka dora zsofia nora timea viktoria orsolya vera kinga emese"
)

HISPANIC = _words(
    "garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz hernandez diaz moreno munoz "
    "alvarez romero alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano blanco molina morales suarez "
    "ortega delgado castro ortiz rubio marin sanz nunez iglesias medina garrido cortes castillo santos lozano guerrero cano "
    "prieto mendez cruz calvo gallego vidal leon marquez herrera pena flores cabrera campos vega fuentes carrasco diez reyes "
    "caballero nieto aguilar pascual santana herrero montero lorenzo hidalgo gimenez ibanez ferrer duran santiago benitez "
    "mora vicente vargas arias carmona crespo roman pastor soto saez velasco moya soler parra esteban bravo gallardo rojas "
    "mendoza chavez rivera espinoza guzman salazar velasquez velazquez contreras estrada ochoa juarez quinones carreno valdez "
    "acosta miranda figueroa maldonado avila rosales sandoval"
)

SECOND_GIVEN = _words("battista heinz horst pier olof piet ernst kumar raj devi prasad singh kaur bint mohd md")
"""Second given names, or words in their place, that the list `given.GIVEN` lacks."""

HISPANIC_GIVEN = _words(
    "jose maria luis carlos antonio manuel jesus angel miguel francisco javier juan pedro pablo alberto fernando rafael ramon "
    "enrique ignacio eduardo alejandro andres david daniel jorge ricardo roberto sergio victor alfonso felipe isabel carmen "
    "pilar teresa dolores ana luisa rosa cristina elena lucia mercedes beatriz paz belen fernanda helena guadalupe del "
    "rosario soledad concepcion julia laura marta patricia eugenia victoria jimena"
)
