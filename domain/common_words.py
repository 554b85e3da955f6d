"""More words that passwords are made of: the long ones, of all walks of life.

From general knowledge, like those of `domain.common_passwords`, and extended by looking
at which passwords of a public list still got through.
"""

_TEXT = """
access accessibility accommodation accountant achievement acknowledgement activation
administration administrative adventure advertisement advertising aeroplane afternoon
agriculture aini airplane alabama alessandra alessandro alexandrova algebra allah
allahuakbar alligator alphabet altec alternative aluminium ambassador ambulance
amigosporsiempre amoremio amormio amour amsterdam anaconda anarchy ancient anniversary
announcement anonymous answer antananarivo antarctica anything apartment apartments
apocalypse applepie application appointment apprentice aquarius archangel architect
architecture argentina arizona armageddon arschloch arsenalfc artificial artist
assassin assassinscreed assistant association astronaut astronomy atlanta atlantis
atmosphere attitude auckland audition australia authentic automatic automobile
avadakedavra available avalanche avalon avatar avengers aviation avrillavigne awesome
babylon bachelor background backspace backstreet backstreetboys badminton balance
ballerina bangladesh barcelonafc bartender basement bastard bathroom battlefield
battlestar bavaria bayern beatles beautifulgirl because bedroom beethoven beginning
belgium believe benfica bernabeu bernard besiktas bestfriend beverley beyonce bicycle
billabong biology birmingham birthday bismillah bitch bitches blackberry blackbird
blackcat blackdog blackhawk blackhole blackjack blackmetal blackrose blacksabbath bless
blessed blessing blizzard blonde bloodhound blue blueberry bluebird bluemoon bluesky
bobmarley bollocks bonaparte bonheur bonita boobies boobs bookworm bordeaux borussia
boyfriend brasil bravo brazil breakfast bridge bristol britain britney britneyspears
broadway brother brothers budapest buffalo bulgaria bullshit burger business
businessman butterflies butthead cabbage cadillac cake calendar callofduty calvin
cambridge camera cameroon campbell canadian candle candy cannabis capricorn
captainamerica caramel cardinal cardinals caribbean carnival carpenter cartoon
cartoonnetwork catalina caterpillar cathedral catherine celebration celtic celticfc
central certificate challenge challenger champion champions championship change
character charity charlene chatterbox cheeseburger cheesecake chelseafc chemical
chemistry cherokee chesterfield cheval chevrolet chevy chicagobulls chick chickenwing
childhood children chinese chivas chocolat chris christ christianity chrome chronicles
chrysler churchill ciaociao cieskocham cigarette cigarettes cincinnati cinderella
cinnamon citroen city civil civilization classic classroom clave cleopatra cleveland
client cloud clown cobra cocaine coconut collection college collins colombia colorado
columbia combat combination comedy comfortable commander commando comment commerce
commercial common communication communications community companion company competition
complete complicated computers concentration concrete condition confidence confidential
confused congratulations connection connor conquer conqueror consequence conservation
console constantine constitution construction consultant content contest continental
continue contortionist contract contrasena contraseña control controller converse
cookiemonster cooking cool copper copyright corazon corinthians correct cosmopolitan
cosmos council counter counterstrike country cousin coyote cranberry crash crazy
creation creativity cricket criminal criminals cristiano cristianoronaldo crocodile
crossroads crystalpalace cullen culture cupcake current custom customer cutie cyber
cyberpunk cyclone damnation dance dancer dancing dandelion dantheman darkangel
darkknight darkness darkside darthvader dasha daughter daydream dead deadpool dear
deathnote december decoration deepblue deeppurple definition degeneration delicious
delta demo democracy demon denmark department depeche depechemode desert design
designer desperado destination destroy destroyer detective detroit deutschland
developer development devil devilmaycry dich dictionary different difficult digital
dima dinosaur director dirtbike disaster discover discovery disneyland distribution
division doberman document dolphin domain dominic dominican donkey dont dontforget doom
doraemon download dragonballz dragonfly dragons dragonslayer dream dreamcatcher
dreamland dreamweaver drink driver drowssap drummer drums duke dynamite dynasty earth
earthquake economics ecuador edinburgh education edward edwardcullen effective egypt
eighteen einhorn election electric electrical electricity electronic electronics
element elevator elijah emerald emergency emma emmanuel emotion emperor empire employee
employment enable encyclopedia endless energy engine engineer engineering england
english enterprise entertainment entrance environment equipment escape essential
estrella eternal eternity ethernet europe evanescence evangelion everton every
everybody everyday everything evil evolution example excalibur excellent exchange
exclusive executive exercise experience experiment expert explorer express extreme
facebook failure fairytale faith falcons fallen fallenangel familia familie famille
fantastic fantasy farmer fashion fast father fatima favorite february federal
federation feedback fenerbahce fernanda fernando ferrari festival feyenoord ficken
fictional fifteen fighter film final finalfantasy finance financial finger fingers
finland fire firebird firefighter firefly firefox fireman first fisherman fitness
flamengo flamingo flash fleetwood flight flipflop floppy floyd fluffy focus follow
foobar food footballer for forest forever forget forgetme forgiven forgot formula
forrest fortress fortuna fortune forzajuve forzamilan foundation fountain fourteen
foxtrot framework francesca francesco frankenstein frankie franklin freak fred
fredderick free freeman freestyle french fresh friday friendly friendship friendster
frog frontier frozen fuck fucked fuckit fuckthe fuckthis fuckyourself full fun function
funny furniture fussball future gabriela galatasaray galaxy gambler gameboy gamecube
gameover gamer games gangsta gangster garage garden gardener gateways gatito geheimnis
general generation generations genesis genius geography germany get getmoney ghost girl
girlfriend girls giuseppe gladiator glasgow global gloria godblessme goddess godfather
godisgood godislove godzilla gold goldberg goldeneye goldfish goldie goldstar good
goodbye goodgirl goodluck goodmorning goodnight government graduate graffiti grand
grandfather grandma grandmother grandpa grandtheftauto grapefruit graphics grasshopper
gravity great greece greendale greenday greenlantern greenpeace greens grenade
greyhound group guardian guatemala guildwars guinness guitarhero gunners gymnast
gymnastics hakunamatata halflife hallohallo halloween hamburg hamilton hamster
handkerchief handsome happen happiness happybirthday happyday happyfeet harddrive
harleydavidson harmony harrypotter hasełko haslo hate haters have hawaii headquarters
health heart heartbreak heartbreaker heartless heaven heavenly heavymetal hejsan
helicopter hell help hercules heritage hermione hermosa hernandez hero hewlett hidden
highland highlander highschool highway hillside himalaya hippopotamus historian history
hitler hitman hoffnung hogwarts holland hollister hollywood home homeland homer
homework honduras honest honeybee honeymoon hong hongkong hooligan horizon horse horses
hospital hot hotchocolate hotdog hotel hotpink hotstuff house housewife houston howard
huddersfield human hummingbird hundred hungary hunting hurricane husband hydrogen
ichliebe ichliebedich ilja illinois illusion ilove ilovegod iloveme iloveu iloveyou
iloveyouso ilya imagination imagine imhotep immortal immortality imperial important
impossible incognito incorrect incredible incubus independence independent index india
indian indiana indianajones individual indonesia industrial industry infantry infinite
infinity information ingodwetrust initial innocent innovation inshallah inspiration
inspiron instagram installation instant institute instruction instrument insurance
integration integrity intelligence intelligent interactive interest interesting
interface intermilan internacional international internazionale interpol intervention
interview invasion investment invincible invisible ireland ironmaiden ironman island
israel istanbul italia italian italy its itsmylife ivanova jackass jackie jackpot
jacksonville jaguar jamaica jamesbond janice japan japanese javascript jealous jennifer
jerusalem jesse jessie jesusislord jesuslovesme jesussaves jetaime jimihendrix jobs
johannesburg johncena johndoe johnny jonasbrothers journey joy joyful judgement juicy
jumper jungle jupiter jurassic jurassicpark just justice justinbieber juventina
juventus kamikaze kangaroo karate katya kawasaki keepout kenneth kennwort kentucky
kevin keyboard kickass killall killers kind kindergarten kingdom kingkong kings kitchen
kitty klingon knights knowledge kocham kochamcie kochanie kolya korea kotenok krasotka
kristina kryptonite laboratory labrador lacrosse ladybug lamborghini lancelot landscape
language lansing laptop lasagna lasvegas latino laughing laughter lawrence lawyer
leaders leadership leave leavemealone ledzeppelin legendary legends legolas leicester
leicestercity lemonade lena leopard lesbian letmeinnow letmesee library licence license
liebe liebling life lifeisgood light lightbulb lighthouse lightning limited lincoln
linkedin linkinpark lion lionel lionelmessi lionheart lionking literature little
littlegirl littleman liverpoolfc living lkjhgfdsa loading logistics lollipop lonely
lonewolf long longhorn longhorns look lord lordoftherings lorraine losangeles losenord
lost louisiana louisvuitton loveable loveforever lovehate lovelife lovelove lovemyself
lovestory loveyourself lowrider lubov lucifer lucky luckycharm luckyone lufthansa lune
luther luxembourg luxury lyubov lösenord machine macintosh mad madagascar madness
madrid mafia magdalena magical magnetic magnificent mahalkita mahalko maintenance
maison maks malaysia malcolm malish management manager manchestercity mandarin maneater
manunited marathon margarita marilyn marilynmanson marines mariposa marketing married
marshall marshmallow marvel maryjane maryland masha mashallah massachusetts massacre
massimiliano masterbate masterbating masterchief mastermind masturbation mathematics
matthews maximum maybe mayday mcdonald mcdonalds mechanic mechanical mecontrasena
medicine medusa megaman megatron melbourne memorial memories memory memphis mental
mercury mermaid message messenger metal metalgear metallica metropolis mexican miami
miamor mibebe michelangelo michigan mickeymouse microphone microwave middle midnight
mila military millennium million millionaire millwall milwaukee mima minimum minister
ministry minnesota miracle mircosoft mirror misha misiaczek missing mission mississippi
missouri misty mitchell mitsubishi mobile model moderator modern mohamed mohammad
mohammed molly moment monalisa monday moneymaker moneymoney monkeyman monkeys monolit
monopoly monroe monsters montana monterrey montgomery moonlight morning morpheus
morrison mortal mortalkombat mosquito motherfucker motocross motorbike motorcycle
motorhead mountaindew mountains mouse movie mozart muenchen muhammad multimedia
multipass murder music musician mustang myfamily mylove mypassword myself myspace
mystery mystic napoli narutouzumaki nastya national nationwide natural nautilus
navigator necromancer necronomicon need needforspeed neighbor nemesis neon neptune
network networks never neveragain neverland nevermind neversaynever new newcastle
newcastleunited newengland newlife newpassword newproject newton newyear newyorkcity
newzealand nicaragua nicholson nigeria nightcrawler nighthawk nightmare nightwish
nightwolf nike nineinchnails nineteen ninja noaccess nobody nofear nokia none noodle
noodles normal northern northside norway norwich nostradamus not notebook nothingelse
notorious notredame nottingham novell now nowayout nowhere nuclear nuggets number
numberone nursing oakland oblivion observer obsession ocean october octopus odyssey
offspring ohio oklahoma oldschool olga olya one onelove onepiece oneplus online onlyme
onlyone onlyyou open opening openoffice opensesame openup operation operator optimus
optimusprime option oracle ordinateur organization original orlando ottawa outlaw
outlook outside outsider overlord owner oxford ozzy pacific packard paddington
paintball painter palace palestine palmeiras panasonic panda pandora panties papillon
paradox paramore paranoid paris parliament parola partner party passport
passwordstandard passwort patience patriot patriots pavilion peace peaceful peacock
pearljam pelican pencil pendragon penelope penguin penguins pennsylvania people pepsi
perasperaadastra perfect performance permanent permission persephone persia persian
personal peru petrova phantom philadelphia philippines philips phillips philosophy
phoebe phone photographer photography photoshop physical physics piano picasso picture
pictures pineapple pinewood pink pinkfloyd pirate pirates piratesofthecaribbean pitbull
pizdec pizza planet plasma plastic platform platinum playboy player playground
playstation pleasure plumber pluto plymouth poetry poison poka poland polar polarbear
policeman political politics polska poohbear poop popcorn popular population
pornographic pornstar porter portland portsmouth portugal position positive possible
postman potato potter power powerful powerlifting powerpuff powerranger powerrangers
predator premier premium presario president pressure prestige preston pretender pretty
preved prevent primavera prime primitive princesa princesita princess princessa
principal principessa printer priscilla prison prisonbreak private privet probably
problem process processing producer product production professional professor profile
program programmer programming progress project prometheus promise prophet prosperity
protect protected protection protocol provider psycho psychology public publisher
pumpkin punisher punkrock punks puppies puppy purple purplehaze pyramid quality quantum
quarter quebec queen queenbee question quick quicksilver quiet racecar racer racing
radical radio radiohead railroad rainbows rambo ramones random rapper rapture raspberry
rasta rastafari rattlesnake ravens realestate reality really rebel rebels reckless
record recovery recycle redalert redbull redhead redhot redhotchilipeppers redneck
redrose redwings reggae regional register registered registration relationship relax
religion remember remote renault repair replica reporter republic requiem research
reserved reset resident residentevil resistance resource respect restaurant restricted
retard retired revenge reverse review revolution revolver reynolds ricardo richmond
ricky rihanna rikitikitavi ringer ripcurl river riverside robbie robinson robotech
robots rock rockandroll rockets rocknroll rocks rockyou rodrigo roller rollingstones
roma romania romantic romeo romeojuliet ronaldinho ronaldo roosevelt rooster rosemary
rotterdam roulette royal rugby runescape running russell russian ryan sacramento sacred
sacrifice safari safety sagittarius sailor sailormoon saint saints salasana salvador
salvation samantha samochod samsunggalaxy sanandreas sanchez sandiego sandwich
sanfrancisco sangoku sanjose santa santaclaus santiago santos saopaulo sarah sasha
sasuke satan satisfaction saturday savage savannah savior saviour saxophone scandinavia
scandinavian scarface scarlett schalke schatzi schedule schmetterling schokolade
scholarship school schoolgirl schumacher schwarzenegger schweiz science scientist
scissors scoobydoo scorpio scorpions scotland scotty screamer screwyou scrooge seahorse
seattle secondary seconds secretary secretpassword secrets section see seed segredo
segreta seinfeld seiunica selena senator senha senhasenha senior sensation sentinel
sepultura serendipity serenity sergeant series serious service services session
settings seven seventeen seventh sexybitch sexygirl sexylady shadows shakespeare
shakira shalom shania sharpshooter shawshank sheffield shelby sherlock sherlockholmes
shinigami shinobi shit shithead shop shopping shotgun show showme showmethemoney
showtime shutdown siemens sifre signature silence silent silmarillion silverado
silverfox simon simpleplan simplicity simpson simpsons sinister sister sisters sixteen
skateboard skateboarding skeleton skittles skull skywalker slapshot slaughter slayer
sleep sleeping sleepy sleepyhollow slideshow slipknot smashing smile smiles smiley
smirnoff smirnova smooth snapper snickers sniper snow snowboard snowboarding snowflake
snowman snowwhite socrates software soldier soleil solnishko solnyshko solomon solution
some somebody someone something somewhere sommer sonic sonnenschein sony sonyericsson
sophia soprano soulmate southern southpark southside soviet space spaceman spanish
spartacus spartan spartans special specialist spectrum speed speedracer speedway
spelling spirit spiritual spitfire spongebob spongebobsquarepants sporting sports
spotlight springer springfield squirrel stanford starbucks starcraft stardust starfish
stargate starlight stars start starting state statistics stealth steel stephen stereo
sterling stick still stocking stonecold stoned storm strange stranger stratocaster
strawberries strawberry stream street strength strike strong structure student students
studio stunner subaru submarine subwoofer success successful suckmydick sucks sugar
suicidal suicide summerof summertime sunflower sunlight sunrise sunset superfly
supergirl superhero superior supermario supernatural supernova superpower supersonic
supervisor supreme surfer surprise survival survivor suzuki swimmer swimming swindon
switch switzerland swordfish symphony syncmaster synergy systemofadown tamara target
tattoo taurus teachers teamo teamwork technical technics technology teddybear teenage
telefon telephone television tellme tempest temple temptation tequiero tequieromucho
tequila terminal terminator terrible terrorist texas thailand thank thankgod
thanksgiving thankyou that thatsme theatre thebeatles theboss thecat thegame theking
thelast theman themaster thematrix theodore theone therapist therapy therock
thesimpsons thesims thethe think thinkpad thirteen this thisisit thousand three
thunderbird thunderbolt thundercats thursday tiamo ticket ticketmaster ticktock tiger
tigerwoods tikitiki timberlake timberland time timeless timeout tinker tintin tiramisu
titanium titans tobacco today tomorrow toonarmy toor top torres tottenham touchdown
toujours toulouse tournament tower toyota tractor traffic trailer tranquility
transformer transformers transmission transport transportation travel traveler treasure
triangle tribunal trinidad trinity triple triumph tropical true truelove truffles trust
trustgod trustnoone truth tuesday tunisia tupac turkey turner turquoise tweety twenty
twilight twister two typewriter ultimate ultimatum ultra umbrella unbelievable
underground understand undertaker underwater underworld unforgettable unforgiven
unicorn uniform union unique unitedkingdom unitedstates university unknown unlimited
unreal update uruguay utopia vacances vacations valencia valentin valentine valhalla
vampire vampires vegeta vegetable venezuela vengeance venom ventura verbatim verify
veronica version vertigo vienna vietnam vika village violence violet violetta violin
virginia virtual virus vision visitor vitamin vladimirovna vodafone volcano volkswagen
volleyball volunteer vova voyager wachtwoord walker wallpaper wanker warcraft warhammer
warlock warner warning warriors washington watch water waterfall waterloo watermelon
waterpolo waters wave waves weather web webmaster website wedding wednesday weed
weihnachten welcomehome welkom wellington werewolf western westham westhamunited
westlife westside westwood what whatever where whiskey white whitehouse whitney who
whoami whosyourdaddy wicked wildcat wildcats will williams winchester windmill window
windsor wings wireless wisconsin wisdom witch with without woaini woaiwoziji wodemima
wolfgang wolfpack wolverine wolves woman women wonderful wonderland wonderwall
wonderwoman woodland woodstock woodward work worker workshop world worldcup
worldofwarcraft worldwide wrestlemania wrestler wrestling writer yeah yellowstone yes
yesterday yoda yogibear york your yourmom yourself yugioh zaichik zaika zanzibar
zealand zeppelin zimbabwe zombie zombies zoolander zxasqw
"""
LONG = frozenset(_TEXT.split())
