"""The declaration of the capability `appearance`."""

from bylines.engine.capability import SourceKind
from bylines.engine.feature import Feature, PageKind
from bylines.features.appearance import icons, pages, settings
from bylines.features.appearance.records import StyleSheet
from bylines.features.appearance.style import StyleInputs
from bylines.settings.setting import rows_of

FEATURE = Feature(
    name="appearance",
    needs=("home",),  # the head of every page leads there
    after=(),
    settings=rows_of(vars(settings)),
    sources=(SourceKind("style", pages.is_style, pages.read_style, record=StyleSheet),),
    addresses=("manifest.webmanifest",),
    weave=pages.weave,
    pages=(
        PageKind(
            "style",
            pages.keys,
            pages.inputs,
            pages.affected,
            render="bylines.features.appearance.style:render",
            render_inputs=StyleInputs,
        ),
        PageKind(
            "icon",
            icons.keys,
            icons.inputs,
            render="bylines.features.appearance.icons:render",
            render_inputs=icons.IconInputs,
        ),
        PageKind(
            "manifest",
            icons.manifest_keys,
            icons.manifest_inputs,
            render="bylines.features.appearance.icons:render_manifest",
            render_inputs=icons.ManifestInputs,
        ),
    ),
)
