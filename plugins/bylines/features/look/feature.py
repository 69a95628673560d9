"""The declaration of the capability `look`."""

from bylines.engine.feature import Feature, PageKind, SourceKind
from bylines.features.look import icons, pages, settings
from bylines.features.look.style import StyleInputs
from bylines.settings.setting import rows_of

FEATURE = Feature(
    name="look",
    settings=rows_of(vars(settings)),
    sources=(SourceKind("style", pages.is_style, pages.read_style),),
    addresses=("manifest.webmanifest",),
    weave=pages.weave,
    pages=(
        PageKind(
            "style",
            pages.keys,
            pages.draft,
            pages.reach,
            render="bylines.features.look.style:render",
            inputs=StyleInputs,
        ),
        PageKind(
            "icon",
            icons.keys,
            icons.draft,
            render="bylines.features.look.icons:render",
            inputs=icons.IconInputs,
        ),
        PageKind(
            "manifest",
            icons.manifest_keys,
            icons.manifest_draft,
            render="bylines.features.look.icons:render_manifest",
            inputs=icons.ManifestInputs,
        ),
    ),
)
