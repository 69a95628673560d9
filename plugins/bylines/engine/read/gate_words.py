"""Lists the keys and words that say whether, and from when, a text is public.

Keys of Hugo, Jekyll, Eleventy, Pelican, Zola, Hexo, Gatsby, Docusaurus, WordPress, Ghost, Obsidian and Notion, and the words of some
thirty languages. All are in the form that `plain` returns: only small letters and digits.
"""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Return a key or value without case, spaces and signs: `Publish_Date` and `publishDate` are both `publishdate`."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _words(text: str) -> frozenset[str]:
    return frozenset(map(plain, text.split()))


FALSE = _words(
    "false no off 0 n f never none nothing null nil not nein non não nao nie nej nee nei ei ne нет ні いいえ 否 假 아니요 "
    "falsch faux falso falsk onwaar fałsz ложь hayır لا"
) | {""}
TRUE = _words(
    "true yes on 1 y t always ja oui si sí sim tak joo kyllä да так はい 是 真 예 wahr vrai verdadero vero "
    "waar sant prawda evet نعم "
)
DRAFT = _words(
    "draft drafts drafting drafted roughdraft firstdraft wip workinprogress inprogress unfinished incomplete unpublished "
    "unreleased notpublished notpublic "
    "notyet notready notdone notfinished notforpublication donotpublish dontpublish nopublish unpublish "
    "embargo embargoed "
    "entwurf entwürfe entwuerfe inarbeit unveröffentlicht unveroeffentlicht nichtveröffentlicht "
    "nichtöffentlich unfertig "
    "brouillon brouillons ébauche nonpublié nonpublie inédit borrador borradores nopublicado bozza bozze "
    "rascunho rascunhos "
    "nãopublicado esboço concepten klad nietgepubliceerd utkast kladde udkast ikkepublisert luonnos "
    "luonnokset szkic robocza "
    "koncept návrh piszkozat ciornă taslak taslaklar πρόχειρο черновик черновики неопубликовано чернетка "
    "чернетки 草稿 草案 未发布 "
    "未發布 下書き 下书き 未公開 非公開 非公开 초안 비공개 مسودة مسودات טיוטה טיוטות ร่าง bảnnháp draf nháp मसौदा"
)
"""Words for 'not yet', as a key, a value, a topic, a folder, or before a title."""
CLOSED = _words(
    "private confidential protected secret unlisted hidden trash trashed deleted "
    "privat vertraulich versteckt verborgen geheim privé prive privée masqué caché confidentiel privado "
    "privada oculto oculta "
    "confidencial privato privata nascosto nascosta riservato verborgen vertrouwelijk dold hemlig skjult "
    "hemmelig piilotettu "
    "yksityinen prywatny prywatne ukryty soukromé skrytý gizli özel частный скрытый приватный 私有 机密 隐藏 "
    "非表示 限定公開 비밀 خاص פרטי "
)
"""Words for 'not for everybody'."""
PUBLISHED = _words(
    "published publish public live online released visible listed all everyone everybody anyone anybody world "
    "veröffentlicht veroeffentlicht öffentlich oeffentlich publié publie publique publicado publicada "
    "público pública pubblicato "
    "pubblico pubblicata gepubliceerd openbaar publicerad offentlig publisert publiceret julkaistu "
    "opublikowane opublikowany publiczny "
    "zveřejněno publikováno yayında yayınlandı опубликовано опубликован опубліковано 公開 公开 已发布 已發布 公開済み "
    "공개 게시됨 منشور פורסם "
)
"""Words that plainly say that a text is public."""
RESTRICTED = (
    DRAFT
    | CLOSED
    | _words(
        "internal internalonly staff staffonly employees employeesonly members membersonly subscribers subscribersonly paid paidonly "
        "onlypaid founding premium restricted nobody noone onlyme me self team teamonly never intern interne interno"
    )
)
"""Words for a closed circle of readers, and all words of `DRAFT` and `CLOSED`."""

NEGATIVE_KEYS = (
    DRAFT
    | CLOSED
    | _words(
        "isdraft isprivate ishidden isunlisted notlisted noindex norender norobots noexport eleventyexcludefromcollections "
        "excludefromcollections sitemapexclude sitemapignore excludefromsitemap membersonly subscribersonly paywall paid pending "
        "expired headless internalonly staffonly restricted needsreview needswork needswriting tobepublished tobereviewed keepprivate"
    )
)
SOFT_KEYS = _words(
    "hide skip ignore ignored disabled disable exclude excluded concept todo internal hold onhold held preview staging inactive "
    "onlyme justme friendsonly teamonly esborrany"
)
"""Keys that are as often about a part of a page. 'true' keeps a text unpublished."""
PASSWORD_KEYS = _words(
    "password passwordhash passphrase passcode passwd contentpassword passwort motdepasse contraseña"
)
POSITIVE_KEYS = _words(
    "published publish public released visible listed live ispublished ispublic isvisible islive "
    "islisted done finished complete "
    "completed ready approved reviewed enabled dopublish publishable shouldpublish readytopublish "
    "publishready publishpost "
    "veröffentlicht veroeffentlicht veröffentlichen öffentlich publié publier publicado publicar público "
    "pubblicato pubblica "
    "gepubliceerd openbaar publicerad publisert offentlig julkaistu opublikowane опубликовано "
    "опубликован опубликовать 公開 公开 发布 공개 "
)
STATE_KEYS = _words(
    "status state stage visibility access poststatus publishstatus publishingstatus publicationstatus "
    "publishedstatus "
    "publishstate publishedstate publicationstate workflow workflowstate workflowstatus reviewstatus "
    "draftstatus articlestatus "
    "contentstatus pagestatus privacy zustand statut état estado stato sichtbarkeit visibilité "
    "visibilidad visibilità "
    "stan durum статус 状态 ステータス 상태 الحالة"
)
SCOPE_KEYS = _words(
    "audience scope tier phase lifecycle classification sensitivity accesslevel privacylevel postaccess circle"
)
WEAK_KEYS = _words(
    "sitemap index indexed indexing render output write permalink search searchable show showinlist "
    "display feed robots export list active available "
)
"""Keys that usually mean something else. 'false' keeps a text unpublished."""
OPENING_KEYS = _words(
    "publishdate publisheddate publishingdate publicationdate pubdate pubdatetime publishtime "
    "publishedtime publishedat publishedon "
    "publishat publishon publishafter publishfrom publishnotbefore datepublished releasedate "
    "releaseddate releaseat releaseon releasedat "
    "golive golivedate goliveat livedate liveat embargo embargodate embargountil embargoed "
    "embargoeduntil embargoends availablefrom "
    "availableat visiblefrom visibleafter scheduled scheduledfor scheduledat scheduledate scheduleddate "
    "notbefore validfrom "
    "showfrom showafter draftuntil hiddenuntil privateuntil unlisteduntil unlockdate unlockat "
    "nopublishbefore donotpublishbefore "
    "veröffentlichungsdatum veröffentlichtam veröffentlichenam datedepublication fechadepublicación "
    "datadipubblicazione "
    "公開日 公開日時 发布日期 发布时间"
)
CLOSING_KEYS = _words(
    "expires expire expiry expirydate expiredate expirationdate expiration expireson expiresat expireat "
    "unpublishdate unpublishat "
    "unpublishon unpublishedat publishuntil visibleuntil availableuntil validuntil validto showuntil "
    "removeon removeat removedate hideafter "
    "hideon hidedate takedown takedowndate notafter ablaufdatum gültigbis"
)
ORDINARY = _words(
    "publisher publishers publication publications publishedby publishedin publicationname "
    "publishresources craft drift graft stats "
    "statement statements data dated comments comment commentable toc weight series layout type slug url "
    "author tags pinned featured "
    "updated edited created createdat updatedat lang language hero banner cover images gallery params "
    "menu math mathjax template "
    "excerpt markup version editor reviewer readingtime cssclass cssclasses aliases linktitle subtitle "
    "keywords states starred stared "
)
"""Keys that look like one of the others, but say nothing about being public."""
NEEDLES = frozenset(
    ("draft", "wip", "private", "unlisted", "unpublished", "hidden", "embargo", "embargoed", "confidential", "noindex")
)
"""Words that count also as part of a longer key: `post_draft`, `seo-noindex`."""
BEFORE_A_TITLE = (
    "work in progress|in progress|do not publish|don't publish|not for publication|not public|not published|not ready|unpublished"
    "|unfinished|(?:rough |first |second |early |final )?drafts?|wip|embargo(?:ed)?|unlisted|internal only|confidential|protected"
    "|private|entwurf|in arbeit|unveröffentlicht|vertraulich|privat|brouillon|confidentiel|privé|borrador|privado|bozza|riservato"
    "|rascunho|concept(?=[\\])])|utkast|kladde|luonnos|szkic|taslak|черновик|чернетка|草稿|下書き|초안|مسودة|טיוטה"
)
STEMS_OF_MARKS = tuple(
    "draft wip priv progress publi ready finished embargo listed internal confiden protected arbeit entwurf öffentlich vertraulich "
    "brouillon borrador bozza riservato rascunho concept utkast kladde luonnos szkic taslak чернов чернетк 草稿 下書き 초안 مسودة "
    "טיוטה".split()
)
"""Stems of which one occurs in every such mark. Searching a title for them first takes a tenth of the time."""
