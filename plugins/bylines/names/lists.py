"""Words that tell the parts of a name apart: small lists of what is common, by language; nothing here is anybody's name."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    "van von vom vander zu zum zur de del dela dello della delle degli dei di da dal dalla das do dos du des d' la le lo "
    "los las l' den der het ten ter te 't op af av til el al ul ould bin bint binti binte ben ibn ibnu abu abou umm ap ab "
    "ferch san santa sant são st st. saint sainte mac mc nic ní ó o"
)
"""What may stand between a given name and the family name."""

ONLY_SMALL = _words("ben o ab ap av te op lo do das ten den der til zu umm 't")
"""Those that are names, or parts of others, when they begin with a capital."""

OF_THE_FAMILY = _words("mac mc nic ní ó o st st. saint sainte san santa sant são")
"""Those that are never parted from the family name."""

WITH_THE_FAMILY = _words("di dello della dalla degli dei lo")
"""Italian ones, which are filed as they stand even where they are small; those that other languages have too are not here."""

JOINERS = _words("y i")
"""What stands between two family names (García y Vega, Prat i Soler)."""

TITLES = _words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend hon rt lt gen herr frau fr monsieur madame don "
    "doña dott sig ing dipl-ing mag baron baroness count countess comte comtesse "
    "senator gov judge excellency"
)

PEERS = _words("lord lady baron baroness count countess")
"""Titles after which, behind a comma, the name follows that they are filed under (Frederic, Lord Leighton)."""

PLAIN_SUFFIXES = _words("jr sr jun sen junior senior filho neto esq phd msc bsc mba bt hon ret")
"""What follows a name, however it is written …"""

INITIAL_SUFFIXES = _words(
    "md do dds dvm jd ma ba mba ms bs llb llm llp qc kc mp mep obe cbe mbe kbe dbe om ra pra rn cpa cfa cfp clu lutc pe "
    "pmp cissp frs fba frse freng bt dphil edd msced mphil mfa ii iii iv vi vii viii"
)
"""… and what follows it in capitals or with dots; small, some of these are family names."""

ORGANISATIONS = _words(
    "school group collective collaborative gallery team lab labs office society club committee council network "
    "industries family studio studios press department girls"
)

AS_THEY_STAND = ("is", "am", "ti", "ms", "my", "mn")
"""Languages whose people are filed by their own name: what follows is their father's."""

DOUBLE_SURNAMES = ("es", "ca", "gl", "eu")

CHINESE = (
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie tang song han "
    "deng feng cao peng zeng xiao tian dong yuan pan jiang cai yu du ye cheng su wei lu lü ding ren shen yao cui "
    "zhong tan fan liao shi xiong qiu hou bai lei qian meng qin shao wan qiao lai gong hao fu long duan jin "
    "ouyang sima shangguan zhuge tsai chang wong chan cheung leung lam kwok chow tsang hsu hsieh chiang chou tseng chao "
    "chu ng lau yeung kwan siu yip tsui mak choi hui mok lo ho szeto"
).split()
"""Pinyin and other spellings, the commonest first: of two, the commoner one is likelier to be the family name."""

KOREAN = (
    "kim lee yi park pak choi choe jung jeong chung kang cho jo yoon yun jang chang lim im han oh seo suh shin kwon gwon hwang "
    "ahn an song ryu yoo yu hong jeon jun ko go moon mun yang son sohn bae paik baek baik heo hur nam noh roh ha kwak joo "
    "koo gu min ban woo namgung hwangbo"
).split()

VIETNAMESE = (
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong mai luong cao dao ha "
    "lam trieu quach thai"
).split()

DISTINCTLY_VIETNAMESE = _words("nguyen tran pham huynh hoang phan bui duong trinh truong doan")

JAPANESE = _words(
    "sato satou suzuki takahashi tanaka ito itou watanabe yamamoto nakamura kobayashi kato katou yoshida yamada sasaki "
    "yamaguchi matsumoto inoue kimura hayashi shimizu yamazaki mori abe ikeda hashimoto yamashita ishikawa nakajima "
    "maeda fujita ogawa goto gotou okada hasegawa murakami kondo kondou ishii saito saitou sakamoto endo endou aoki fujii "
    "nishimura fukuda ota oota miura fujiwara okamoto matsuda nakagawa nakano harada ono tamura takeuchi kaneko wada "
    "nakayama ishida ueda morita hara shibata sakai kudo yokoyama miyazaki miyamoto uchida takagi ando taniguchi ohno "
    "maruyama imai takada fujimoto takeda murata ueno sugiyama masuda sugawara hirano kojima otsuka chiba kubo matsui"
)

HUNGARIAN_GIVEN = _words(
    "laszlo istvan jozsef janos zoltan sandor ferenc gabor attila peter tamas zsolt tibor andras csaba imre lajos gyorgy "
    "balazs gyula mihaly karoly robert david adam bence daniel viktor krisztian mate gergely gergo norbert akos miklos "
    "bela geza denes pal maria erzsebet katalin ilona eva anna zsuzsanna margit judit agnes julianna andrea ildiko erika "
    "krisztina eszter monika edit gabriella szilvia anita reka dora zsofia nora timea viktoria orsolya vera kinga emese"
)

HISPANIC = _words(
    "garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz hernandez diaz moreno "
    "munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano blanco molina "
    "morales suarez ortega delgado castro ortiz rubio marin sanz nunez iglesias medina garrido cortes castillo santos "
    "lozano guerrero cano prieto mendez cruz calvo gallego vidal leon marquez herrera pena flores cabrera campos vega "
    "fuentes carrasco diez reyes caballero nieto aguilar pascual santana herrero montero lorenzo hidalgo gimenez ibanez "
    "ferrer duran santiago benitez mora vicente vargas arias carmona crespo roman pastor soto saez velasco moya soler "
    "parra esteban bravo gallardo rojas mendoza chavez rivera espinoza guzman salazar velasquez velazquez contreras "
    "estrada ochoa juarez quinones carreno valdez acosta miranda figueroa maldonado avila rosales sandoval"
)

HISPANIC_GIVEN = _words(
    "jose maria luis carlos antonio manuel jesus angel miguel francisco javier juan pedro pablo alberto fernando rafael "
    "ramon enrique ignacio eduardo alejandro andres david daniel jorge ricardo roberto sergio victor alfonso felipe "
    "isabel carmen pilar teresa dolores ana luisa rosa cristina elena lucia mercedes beatriz paz belen fernanda helena "
    "guadalupe del rosario soledad concepcion julia laura marta patricia eugenia victoria jimena"
)
