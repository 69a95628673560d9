"""Given names in Latin letters, folded. A middle word that is none of them may be a family name. Import it only when needed.

They come from two public lists. From the United States census of 1990 (public domain): names that at least 0.004 % of people
have, unless they are three times as often a family name. From Faker (MIT), with 30 countries: names that two countries have and
that few people have as a family name. Somebody who is listed in the wrong place because of them sets `sort_name`.
"""

from __future__ import annotations

GIVEN = frozenset(
    """
aaliyah aaron abbas abbie abby abdul abdullah abel abigail abraham abril achille achim ada adalberto adam adan addie
adela adelaida adelaide adele adelheid adelina adeline adem adina aditya adnan adolf adolfo adolph adrian adriana
adriano adrien adrienne agata agatha agathe agnes agnieszka agustin ahmad ahmed ahmet aicha aida aidan aideen aiden
aileen ailis aimee aine aisha aisling al alain alan alana alba alban albert alberta alberte alberto albin albina aldo
alejandra alejandro aleks aleksandar aleksander aleksandra alen alena alessandra alessandro alessia alessio alex alexa
alexander alexandra alexandre alexandria alexandru alexia alexis alf alfons alfonso alfred alfreda alfredo ali alice
alicia alida alina aline alisa alisha alison alissa alistair alix allan allen allene allie allison allyson alma alois
aloisia alonso alonzo alphonse alphonso alta althea alton alva alvaro alvin alwin alyce alyson alyssa amador amalia
amalie amanda amandine amber amelia amelie amie amin amina amir amira amos amparo amy ana anabel anabela anais anas
anastasia anda andela anders andre andrea andreas andree andrei andreia andrej andres andrew andrzej andy ane aneta
anett anette angel angela angele angelia angelica angelika angelina angeline angelique angelita angelo angie angus ani
anica anika anita anja anka anke ann anna annabelle annalisa annalise annamaria anne anneke anneli annelie annelies
anneliese annelise annemarie annemie annette anni annick annie annika annikki annita annmarie anny anouk ante antero
anthony antionette antje anto antoine antoinette anton antonella antonia antonie antonietta antonija antonin antonina
antonino antonio antonius antony aoife apolonia april araceli arcelia archie arda ari aria ariadna arian ariana ariane
ariel arif arlene arlette arline armand armando armin arnaud arne arno arnold aron arron arsenio art arta artan arthur
artur arturo ase ashlee ashleigh ashley ashling ashton asta astrid asuncion attila aubrey aude audra audrey august
augusta auguste augustin augustine augusto aura aurel aurelia aurelie aurelio aurora aurore austin autumn ava avery
avis avni axel axelle aya ayla aylin ayoub ayse ayten aziz azra balthasar barbara barbra baris barney barry bart bas
basil bastian beata beate beatrice beatrix beatriz beau becky bela belinda bella ben benedict benedicte benedikt
benita benito benjamim benjamin bennie benno benny benoit bente benthe berat berend berenice berit bernabe bernadette
bernadine bernard bernarda bernardo bernd berndt bernhard bernice bernie bernt bert berta bertha berthe bertie bertil
bertram bertrand beryl bessie beth bethan bethany betina betsy bette bettie bettina betty bettye beulah beverley
beverly biagio bianca bianka bilal biljana bill billie billy birger birgit birgitta birte birthe bjarne bjorn blaine
blake blanca blanche blanka bo bob bobbi bobbie bobby bodil bogdan bojan bonita bonnie boris bozena brad bradford
bradley brahim brain bram branden brandi brandie brandon brandy branka branko breda brenda brendan brent bret brett
brian briana brianna bridget bridgett bridgette brigid brigitta brigitte brita britney britta brittany brittney
bronagh bronwyn brooke brooklyn bruce bruna bruno bryan bryce bryon buddy buford byron cacilia caitlin caitlyn
caitriona caleb calista callie callum calogero calvin cameron camila camilla camille camilo canan candace candice
candy caoimhe capucine cara carey caridad carin carina carine carissa carl carla carlene carlo carlos carlota carlton
carly carmel carmela carmella carmelo carmen carmina carmine carol carola carole carolin carolina caroline carolyn
carrie carrol carsten cary caryn cas casandra casey casper cassandra cassie catalina catarina caterina cathal
catharina catherine cathleen cathrine cathryn cathy catrin catriona cecelia cecil cecile cecilia cecilie cedric
celeste celia celina celine cesar chad chandra chantal chantelle charity charlene charles charley charlie charline
charlotte charmaine chase chasity che chelsea chelsey cheri cherie cherry cheryl chester cheyenne chiara chloe chong
chris christa christel christelle christi christian christiana christiane christianne christie christin christina
christine christof christoffer christoph christophe christopher christos christy chrystal chuck ciara ciaran cillian
cindy cipriano ciro clair claire clara clare clarence clarice clarisa clarissa claude claudette claudia claudine
claudio claus clay clayton clemence clemens clement clemente clementina cleo cleveland cliff clifford clifton clint
clinton cliodhna cliona clive clodagh cloe clyde cody colby coleen colette colin colleen collette collin colm colum
conal conall conan concepcion concetta conn connie connor conny conor conrad constance constantin constanze consuela
consuelo cora coralie cordula corey corina corine corinna corinne cormac cornel cornelia cornelio cornelis cornelius
cornell corona corrine cortney cory cosimo courtney coy craig cristian cristiano cristina cristobal crystal csaba curt
curtis cynthia cyril daan dafina dag dagmar dagny daire daisy dale dalia dalibor dallas damaris damian damiano damien
damir damjan damon dan dana dane dani danial danica daniel daniela daniele daniella danielle danijel danijela danilo
danny dante dany daphne dara darcy daren daria darin dario darius dariusz darko darla darlene darnell darragh darrel
darrell darren darrin darryl darwin daryl dave david davor dawn dayna dean deana deann deanna deanne dearbhail
dearbhla debbie debora deborah debra declan dee deena deidra deidre deirdre dejan del delbert delia della delmar
delores deloris delphine demetrius demi dena denice denis denisa denise deniz dennis denny denver derek derick dermot
derrick dervla desiree desmond dessie detlef devin devon dewayne dewey dewi dexter diana diane diann dianna dianne
diarmuid dick didier diego dieter dietmar dietrich dilara dimas dimitri dimitrios dina dino diogo dion dionne dirk
dixie dollie dolly dolores domenica domenico domhnall domingo dominic dominick dominik dominique don dona donal donald
donatella donato donna donnell donnie donny donovan dora doreen doretha dorian dorina doris dorota dorothea dorothee
dorothy dorte dorthe dorthy doug douglas doyle draga dragan dragica drago drew duane dulce dunja dusan dustin dusty
dwayne dwight dylan eamon eamonn earl earlene earline earnest earnestine ebbe ebony ed edda eddie eddy edel eden edgar
edgard edin edina edit edith edmond edmund edna edouard eduard eduarda eduardo edvard edward edwardo edwin edwina
edythe effie efrain egon eileen eilis eilish eimear eimer einar ekaterina ekrem el ela elaine elba elbert elda eldon
elea eleanor elena eleni eleonora eleonore elfriede eli eliana eliane elias elif elijah elin elina eline elinor elisa
elisabet elisabeth elise elisha eliza elizabeth elke ella ellen elli ellie ellinor elliot elly elma elmar elmer elna
elnora elodia elodie eloisa eloise eloy elsa elsbeth else elsie elton elva elvia elvin elvira elvis elwood elzbieta
ema emanuel emanuela emer emerson emery emil emile emilia emilian emiliano emilie emilija emilio emily emin emine emir
emma emmanuel emmanuelle emmet emmett emmi emmy emory enda enes enid ennio enrico enrique enver enya enzo eoghan eoin
erdogan erhard eric erica erich erick ericka erik erika erin erina erkan erling erma erna ernest ernestine ernesto
ernie erol errol ervin erwin esmeralda esperanza essie esteban estefania estela estella estelle ester esther ethan
ethel etienne etta eugen eugene eugenia eugenie eugenio eula eunice eusebia eva evan evangelina evangeline eve evelien
evelin evelina eveline evelyn evelyne everett evi evie evy ewa ewald ezio fabia fabian fabiana fabienne fabio fabiola
fabrice fabrizio faith fannie fanny farah faruk fatih fatiha fatima fatma fausto fay faye feargal fearghal febe
federica federico felecia felicia felicitas felipe felix femke ferdinand ferenc fergal fergus fern fernand fernanda
fernande fernando fidel fien filip filipa filipe filippa filippo filomena finbar finn fintan fiona fionnuala flavia
flavio fleur floor flor flora flore florence florencia florent florentin florentina florian floriane florin florina
florine floris flossie floyd forrest fortunata fran franca france frances francesca francesco francine francis
francisca francisco franck francois francoise franjo frank frankie franklin frans franz franziska fred freda freddie
freddy frederic frederick frederik frederique fredo fredrick fredrik fredy freida freja freya frida fridolin frieda
friederike friedrich fritz frode gabi gabino gabor gabriel gabriela gabriele gabriella gabrielle gael gaelle gaetano
gail gale galen gareth garland garrett garry gary gaston gavin gay gayla gayle gebhard geert gemma gena genaro gene
geneva genevieve genoveva geoffrey georg george georges georgette georgia georgina georgios gerald geraldine gerard
gerardo gerd gerda gerhard geri gerlinde germaine german gerold geronimo gerrit gerry gert gertrud gertrude geza
ghislain ghislaine giacomo giada gian giancarlo gianfranco gianluca gianna gianni gil gilbert gilberte gilberto gilda
gilles gillian gina ginette ginger gino giorgia giorgio giovanna giovanni gisela gisele gitte giulia giuliana giuliano
giulio giuseppa giuseppe giuseppina gladys glen glenda glenn glenna gloria goldie goncalo gonzalo goran gordana gordon
gottfried gottlieb grace gracia gracie graciela grady graeme grainne grant grazia graziella greg gregg gregoire gregor
gregorio gregory greta gretchen grete grethe griselda grover grzegorz guadalupe gudrun guido guilherme guillaume
guillermo gulay gunar gunhild gunnar gunter gunther gus gussie gustav gustavo guy gwen gwendoline gwendolyn hakan hal
haley halil hallie hamish hamza hana hanife hanna hannah hanne hannele hannelore hannes hans hansjorg hanspeter harald
harlan harley harold harri harriet harriett harry hartmut harvey hasan hassan hatice hattie hayley hazel heath heather
hector hedda hedvika hedwig heidi heike heiko heinrich helen helena helene helga helge helmut hendrik henning henri
henrietta henriette henrik henrique henry herbert heriberto herman hermine herminia hernan herta hester hilary hilda
hilde hildegard hillary hillevi hilma hiram holger hollie hollis holly homer hong hope horace horacio horst hortensia
howard hubert hugh hugo hugues huguette hulda humberto hung huseyin hussein iain ian ibrahim ida ide ignacio ignaz
igor ihsan ika ila ilaria ildiko ileana ilene ilias ilija ilona ilse ilyas imam imane imelda imke imogene imran imre
ina inaya indira ines inez inga inge ingeborg inger ingmar ingo ingrid ioannis iolanda ira irena irene irfan irina
iris irma irmgard irvin irving irwin isa isaac isabel isabela isabell isabella isabelle isaiah isak isidor isidro isis
ismael ismail ismet isobel israel issac istvan iva ivan ivana ivanka ivar ivica ivo ivona ivonne ivory ivy iwan jacek
jacinta jacinto jack jackie jacklyn jaclyn jacob jacobo jacqueline jacquelyn jacques jade jadranka jaime jaka jake
jakob jakub jamal jame james jami jamie jan jana jane janell janelle janet janette jani janice janie janina janine
janis janko jann janna janne jannie jannik jannis janos jaqueline jared jari jarl jarlath jarno jaroslav jarrod jarvis
jasmin jasmina jasmine jasna jason jasper javier jay jayden jayne jayson jean jeanette jeanie jeanine jeanne jeannette
jeannie jeannine jeff jeffery jeffrey jeffry jelena jelle jemma jenifer jenna jenni jennie jennifer jenny jens jerald
jeremiah jeremias jeremy jeri jermaine jerome jeronimo jerri jerry jerzy jesper jess jesse jessica jessie jessy jesus
jewel jewell jill jillian jim jimmie jimmy jiri jo joachim joakim joan joana joann joanna joanne joao joaquim joaquin
jocelyn jocelyne jochen jodi jodie jody joe joel joelle joesph joey johan johann johanna johanne johannes john
johnathan johnathon johnie johnnie johnny jolanda jolene jon jonas jonatan jonathan jonathon joni jonna joost jordan
jordi jordy jorg jorge jorgen joris jorn jos jose josee josef josefa josefina josefine joseph josephine josette josh
joshua josiane josie josip josko josue jovan jovana joy joyce jozef juan juana juanita jude judi judith judy juhani
jules julia julian juliana juliane julianna julianne julie julien juliet julieta juliette julijana julio julius june
junior jure jurgen juri justin justina justine justus jutta juul kaarina kai kaitlin kaitlyn kaja kala kalevi kalina
kalle kamil kamila kara karan kare karel karen kari karim karima karin karina karine karl karla karlo karol karolina
karoline karsten karyn kasey kasim kaspar kasper kata katalin katarina katarzyna kate katelyn katerina katharina
katharine kathe katherina katherine katheryn kathi kathie kathleen kathrin kathrine kathryn kathy kati katia katie
katina katja katrin katrina katty katy kay kaye kayla kayleigh keisha keith kelley kelli kellie kelly kelsey kelvin
kemal ken kenan kendall kendra kendrick kenneth kenny kent kenya keri kermit kerri kerry kerstin kevin khadija khaled
khalid kian kiara kieran kilian killian kim kimberlee kimberley kimberly kira kirk kirsten kirstin kirsty kitty kjell
klaas klara klaudia klaus knut koen konrad konstantin konstantinos kornel kornelia kris krista kristen kristi kristian
kristie kristijan kristin kristina kristine kristof kristoffer kristopher kristy krystal krystyna krzysztof kuno kurt
kurtis kyara kyle kyra lacey lacy ladislav ladonna laetitia laila lakeisha lakesha lakisha lamar lamont lana lance
landon lara larisa larissa larry lars lashonda lasse laszlo latanya latasha latisha latonya latoya laura laure laurel
lauren laurence laurens laurent laurenz lauri laurie laurin lavern laverne lavinia lavonne lawanda lawrence layla lea
leah lean leana leander leandra leandro leann leanna leanne lee leeann leena leif leigh leila lela leland lelia lena
lene leni lenn lennart lenny lenora lenore leo leola leon leona leonard leonardo leone leonel leonhard leonie leonor
leonora leontina leopold leopoldo leroy lesa lesley leslie lessie lester leta letha leticia letitia letizia levi lex
leyla lia liam liana libby lidia lidija liesbeth lieve ligia liisa lila lili lilia lilian liliana liliane lilla lilli
lillian lillie lilly lily lina lincoln linda linde lindsay lindsey line linn linnea lino linus linwood lionel lisa
lisandro lisbeth lise liselotte lisette liv livia livio liz liza lize lizzie ljiljana ljubica ljudmila lloyd loes
logan loic lois lola lolita lonnie lora loraine lorcan lore loredana loren lorena lorene lorenz lorenza lorenzo
loretta lori lorie lorin loris lorna lorraine lorrie lothar lotta lotte lotti lottie lou louella louie louis louisa
louise lourdes lovro lowell loyd luan luana luann luc luca lucas lucette lucia luciana luciano lucie lucien lucienne
lucija lucile lucille lucinda lucio lucy ludivine ludmila ludovic ludovica ludvig ludvik ludwig luella luigi luis
luisa luise luiza luka lukas lukasz luke lula lupe luther luz luzia lydia lydie lyle lynda lynette lynn lynne lynnette
ma maaike maarit maarten mabel mable mack madeleine madeline madelyn madge madison mads mae mael maelle maeva maeve
magali magda magdalena maggie magnus mahdi mahmoud mahmut mai maia maida maik maire mairead maite maj maja majken maks
malachy malcolm malena malgorzata malik malika malin malinda mallory malte mamie mandy manfred manon manuel manuela
manus mara marc marcel marcela marcelino marcella marcelle marcello marcelo marci marcia marcie marcin marcio marco
marcos marcus marcy mare marek maren marga margaret margareta margarete margaretha margarida margarita margaux margery
margherita margie margit margo margot margret margrit marguerite mari maria mariam marian mariana mariann marianna
marianne mariano maribel marica maricela marie mariella marielle marietta mariette marija marijan marijana marika
marilena marilyn marina marine mario marion marisa marisela marisol marissa marit marita maritta maritza marius
mariusz marja marjan marjatta marjorie mark marko markus marla marleen marlen marlene marlies marlin marlis marlon
marquita marsha marshall marta marten martha marthe martin martina martine marty marva marvin mary maryam maryann
maryanne maryellen maryline marylou maryse massimiliano massimo matej mateja mateo mateus matheo mathew mathias
mathieu mathijs mathilda mathilde matias matija matilda matilde mato mats matt matteo matthew matthias matthieu matti
mattia mattias mattie matyas maud maude maura maureen maurice mauricio maurits maurizio mauro mavis max maxim maxime
maximilian maximiliano maxine may maya mayra mayte meagan megan megane meghan mehdi mehmet meike meinrad melania
melanie melba melina melinda melisa melissa melita mellisa melody melva melvin mercedes meredith merel merle merlin
merrill mervyn meryem metin mette mia micael micaela micah micha michael michaela michal micheal michel michela
michele micheline michell michelle mickey miguel mihael mihaela mijo mika mikael mikaela mike mila milagros milan
mildred mile milena milica milka milla millard millicent millie milo milos milton mina mindy minerva minna minnie
miodrag mira miran miranda mirco mireille mirela mirella miriam mirja mirjam mirjana mirko miro miroslav miroslava
mirsad misty mitzi mladen modesto mohamad mohamed mohammad mohammed moira moises mollie molly mona monica monika
monique monte monty morena morgane moritz morten moses muhammad muhammed murat muriel murielle mustafa mustapha mya
myles myra myriam myrna myron myrtle nabil nada nadege nadia nadin nadine nadja nael naim nan nancy nando nanette
nanna nanni nannie naoise naomh naomi narcisa natacha natalia natalie natalija natan natanael natasa natascha natasha
natasja nathalie nathan nathanael nathaniel natividad neal ned neil nela nelda nele nell nelli nellie nelly nenad neo
nestor nettie neva nevenka neville niall niamh nichola nicholas nichole nick nicklas nickolas niclas nico nicola
nicolai nicolas nicole nicoletta nidia niels nigel nik nika nikita nikki niklas niko nikola nikolai nikolaj nikolaos
nikolas nikolaus nikolina nils nina nino nisa nita nives noa noah noe noel noelia noella noelle noemi noemie nola
nolan nona noor nora norah norbert noreen norma norman nour nova nuala numbers nuno nuria oceane octavia octavio oda
odell odessa odette odile ofelia oisin ola olaf olav olavi ole olena olga olimpia olive oliver olivia olivie olivier
ollie omar omer oni oona oonagh opal ophelia ophelie ora orhan orla orlaith orlando ornella orville oscar oskar osman
osvaldo oswald othmar otilia otis ottilia otto ove owen oystein oyvind ozlem pablo padraic padraig paige paloma pam
pamala pamela panfilo pansy paola paolo paris pascal pascale pascual pasquale pat patric patrica patrice patricia
patricio patrick patrik patrizia patsy patti patty paul paula paulette paulina pauline paulo pauric pavel pavla pawel
peadar pearl pearlie pearse peder pedro peggy pekka penelope penny per percy perla pero petar pete peter petr petra
petter phil philip philipp philippa philippe phillip philomena phoebe phyllis pia pierina piero pierre pieter pietro
pilar piotr pippa pirmin pius pol polly porfirio preston priscilla priska queen quentin quincy quinten quinton rachael
rachel rachelle rachid radmila radovan rae raf rafael rafaela raffael raffaela raffaele raffaella ragnar ragnhild
rahel raimund rainer raisa ralf ralph ramadan ramazan ramiro ramon ramona rana randal randall randi randolph randy
rania raoul raphael raphaela raquel rasmus raul ravi ray rayan raymond raymonde raymundo reba rebeca rebecca rebeka
rebekah rebekka reece refugio regan reggie regina reginald regine reina reiner reinhard reinhilde reinhold remi remo
remy rena renae renata renate renato rene renee renzo reuben reva rex reyna reynaldo reza rhea rhoda rhonda rhys ria
ricarda ricardo riccardo richard rick rickey rickie ricky rico rigoberto rik rina rita rob robbie robby robert roberta
roberto robin robyn rocco rochelle rocio rocky rod roderick rodger rodney rodolfo rodrigo rogelio roger rohan roisin
roland rolando rolf romain roman romana romane romano romeo romina romuald romy ron ronald ronan ronda ronja ronnie
ronny roosevelt rory rosa rosalia rosalie rosalind rosalinda rosalyn rosanna rosanne rosaria rosario roscoe rose
roseann rosella rosemarie rosemary rosetta rosie rosina rosita roslyn rosmarie roswitha rouven rowan rowena roxana
roxane roxanne roxie roy royce roza rozalia rozalija ruairi ruben ruby rudi rudiger rudolf rudolph rudy rufino rufus
rui rune russel russell rusty ruth ruthie ruzica ryan ryszard sabina sabine sabri sabrina sacha sadie safet said salih
sallie sally salma salome salvador salvatore sam samanta samantha sami samir samira sammie sammy samu samuel sander
sandor sandra sandrine sandro sandy sanford sang sanja sanna sanne santiago santos sara sarah sari sarina sasa sascha
sasha saskia saul saundra savannah saverio scot scott scottie scotty seamus sean sebastiaan sebastian sebastiano
sebastien sedat selena selim selin selina selma sem sepp serafina serena serge sergej sergio seth severin severine
severino sevim shana shane shania shanna shannon shari sharlene sharon sharron shaun shauna shawn shawna sheena sheila
shelby sheldon shelia shelley shelly sheree sheri sherman sherri sherrie sherry sheryl shirley shona sian sibylle
sidney siegfried sienna sierra signe sigrid sigurd silas silja silje silke silvana silvano silvia silvio simon simona
simone simonne sina sinead sinisa siobhan siri siti siv slavica slavko slobodan socorro sofia sofie solange soledad
solene solomon solveig son sondra sonia sonja sonny sonya sophia sophie soraya sorcha soren stacey staci stacie stacy
stan stana stanislav stanislava stanislaw stanley stef stefan stefani stefania stefanie stefanija stefano steffen
steffi stella sten stephan stephane stephanie stephen sterling steve steven stevie stig stijn stina stine stjepan
stuart sue suleyman summer susan susana susann susanna susanne susi susie suzana suzanne suzette svea sven svenja
svetlana swen sybil sybille sydney sylvester sylvia sylviane sylvie sylwia tabatha tabea tabitha tadeusz tage tahir
tamara tamas tameka tamera tami tamika tammi tammie tammy tamra tania tanisha tanja tanya tapani tapio tara tasha
tatiana tatjana tea ted teddy teo teodor teodora teodoro terence teresa teri terra terrance terrell terrence terri
terrie terry tess tessa thaddeus thea thelma theo theodor theodora theodore theres theresa therese theresia theron thi
thiago thibault thibaut thierry thijs thomas thor thorsten thurman tia tiago tibor tiffany tijs tilde till tim timea
timmy timo timon timoteo timothee timothy tina tine tino tisha tiziana tiziano tobias toby todd tom tomas tomasz tomi
tomislav tommie tommy toni tonia tony tonya tor torben torbjorn tore tori torsten tove tracey traci tracie tracy
travis trent trenton trevor tricia trina trine trinidad trisha tristan troy trudy truman tuulikki twila ty tyler
tyrone tyson udo ugo ulf uli ulla ulrik ulrike ulysses umberto una unni urban urs ursula urszula ute uwe valarie
valdemar valentim valentin valentina valentino valeria valerie valerio valter van vance vanesa vanessa vanja vanya
vasco veerle veli velma vera verena vern verna verner vernon veronica veronika veronique vesna vicente vicki vickie
vicky victoire victor victoria vidar viktor viktoria vilhelm ville vilma vince vincent vincenza vincenzo vinzenz viola
violet violeta violetta violette virgie virgil virgilio virginia virginie vito vitor vitoria vittoria vittorio vivian
viviana viviane vivien vivienne vladimir vlado vlasta volker vonda wade waldemar wallace walter waltraud wanda warren
wayne weldon wendelin wendell wendi wendy werner wesley whitney wilbert wilbur wilda wilford wilfred wilfredo wilfried
wilhelm will willa willard willem willi william willie willis willy wilma wilmer winfred winifred winnie winston
witold wm wojciech wolfgang woodrow wout wouter xaver xavier xenia yago yan yanis yann yannick yannis yara yasemin
yasmin yasmina yasmine yassin yassine yesenia yngve yolanda yolande yong younes youssef yusuf yvan yves yvette yvonne
zac zacarias zachary zachery zahra zaira zakaria zara zdenka zdravko zelda zeljko zelma zeno zeynep zita zlatko zoe
zoey zoltan zora zoran zsolt zuzana zvonko
""".split()
)
