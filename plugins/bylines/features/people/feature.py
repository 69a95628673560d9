"""The declaration of the capability `people`."""

from bylines.engine.capability import SourceKind
from bylines.engine.feature import Feature, PageKind
from bylines.features.files.pictures import Original
from bylines.features.files.read_picture import read_picture
from bylines.features.people import namesakes, photos, relations, settings
from bylines.features.people.records import PROFILE
from bylines.pictures.decode import Picture
from bylines.settings.setting import rows_of

FEATURE = Feature(
    name="people",
    settings=rows_of(vars(settings)),
    needs=("blogs", "files"),
    after=(),
    kinds=(PROFILE,),
    sources=(
        SourceKind("photo", photos.is_photo, read_picture, limit=lambda options: options.max_picture, record=Picture),
    ),
    schema=relations.SCHEMA + namesakes.SCHEMA,
    due=relations.due,
    weave=relations.weave,
    pages=(
        PageKind(
            "photo",
            photos.keys,
            photos.inputs,
            photos.affected,
            render="bylines.features.people.photos:portrait",
            render_inputs=Original,
            from_files=True,
        ),
    ),
    contributes=(relations.OLD_ADDRESSES,),
)
