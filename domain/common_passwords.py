"""What common passwords are made of: words people choose, and rows of keys.

Written down from general knowledge of published breach statistics, not taken from
a list of leaked passwords; `domain.passwords.is_common` says how it is used.
"""

SEQUENCES = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop[]",
    "qwertzuiopü",
    "azertyuiop",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qawsedrftgyhujikolp",
    "1234qwerasdfzxcv",
    "!@#$%^&*()_+",
    "!qaz@wsx#edc$rfv%tgb^yhn&ujm*ik<(ol>)p:?",
    "147258369",
    "963852741",
    "159357",
    "789456123",
    "112233445566778899",
)

_TEXT = """
123 321 aaron abc abcd access account action adam adidas admin administrator adrian
alex alexander alexandra alexis alice amanda amber america american amigos anastasia
andrea andrew angel angela angelina angels animal anthony antonio apple april archer
arsenal arthur asd asdf asdfgh ashley asshole athena august austin azerty babygirl
backup badboy bailey banana bandit barbara barcelona barney baseball basketball
batman bear beautiful beaver because benjamin bigdaddy bigdick biteme blink blowme
bond bonjour booboo boomer boston brandon brandy bronco brooklyn buddy bulldog
buster butter butterfly california camaro cameron canada captain carlos carmen
carolina caroline casper changeme charles charlie charlotte cheese chelsea cherry
chester chicago chicken chocolate christian christina christine christmas
christopher cocacola coffee coldbeer compaq computer contrasena cookie cookies
cooper corvette courtney cowboy cowboys creative crystal daddy dakota dallas danger
daniel daniela danielle dashboard database david death debbie december default
denise dennis desktop destiny dexter diablo diamond disney doctor dolphin dolphins
donald doudou dragon dragonball dreamer dreams eagle eagles easter edward einstein
elephant elizabeth emily eminem enter eric ersatz falcon family fender ferrari
ficken fish fishing florida flower flowers football forever france francis freddy
freedom friend friends fuck fucker fucking fuckme fuckoff fuckyou gandalf garfield
gateway geheim gemini george gfhjkm giants ginger giovanni gizmo god golden golf
golfer google gordon grace green guest guitar gunner hallo hammer hannah happy
hardcore harley harry haslo heather hello hellokitty helpme hentai hockey holiday
home honda honey hotmail house hunter iam icecream iceman iloveu iloveyou inferno
install internet isabella isabelle jackson jaguar james january jasmine jason jasper
jennifer jeremy jessica jesus jesuschrist john johnson jonathan jordan joseph joshua
judith juice julia julian juliana july june junior justin karina katherine kathleen
kevin killer kimberly king kitten knight ladies lakers lauren leather legend
leonardo letme letmein liberty liverpool london looking lorenzo loulou love lovely
loveme lover lovers loveyou lucky madison maggie magic manager manchester
manchesterunited marcus margaret maria marie marina marine mario marlboro marley
marseille martin martina master matrix matthew maverick maxwell melissa member
mercedes merlin metallica mexico michael michelle mickey microsoft midnight mike
miller minecraft mini mommy money monica monkey monster moon morgan motdepasse
mother motorola mountain muffin murphy mustang mynoob naruto nascar natalie natasha
nathan ncc1701 network newyork nicholas nicole nintendo nirvana nobody nothing
november october office oliver olivia orange owner packers pakistan pamela panther
paradise parker parol parola pass passe passport passw passwd password passwords
passwort patricia patrick peaches peanut pepper phantom philip phoenix pickle player
please pokemon police porsche precious prince princess private public purple pussy
python qaz qwe qweasd qwert qwerty rabbit rachel raiders rainbow ranger rangers
raymond realmadrid rebecca redskins redsox remember richard ringo robert rocket
rockstar ronaldo root rosebud runner rush russia sabrina samantha samsung samuel
sandra saturn schatz scooby scooter scorpion scott sebastian secret secure security
senha september server service sexy shadow shannon sierra silver simple skippy
slayer smith smokey snoopy snowball soccer soleil sophie spencer spider spiderman
spring stanley star startrek starwars steelers stella stephanie steven stupid
success summer sunday sunshine super superman superstar support sweet sydney system
taylor teacher temp temporary tennis teresa test tester testing the thomas thuglife
thunder tiffany tiger tigers tigger tinkerbell titanic together tomcat topgun toyota
training travis trouble trustme trustno1 tucker turtle twitter tyler united universe
unknown user username vacation valentina vanessa victor victoria viking vincent
viper vladimir voodoo wachtwoord walter warrior welcome whatever william williams
willow wilson windows winner winston winter wizard wolf wonder wsx xavier xbox xyz
yamaha yankee yankees yellow you young youtube zaq1 zxc zxcv йцукен любовь пароль
"""
WORDS = frozenset(_TEXT.split())
