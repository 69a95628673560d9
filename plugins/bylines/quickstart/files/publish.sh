# Builds, uploads what differs from what is served, and notes that it is there. Run by `make publish`.
set -eu
bylines=".venv/bin/python -m bylines" delta=delta
to=$(.venv/bin/python -c 'import publishconf; print(getattr(publishconf, "BYLINES_PUBLISH_TO", ""))')
if [ -z "$to" ]; then echo "error: publishconf.py has no BYLINES_PUBLISH_TO; write where the site is published" >&2; exit 1; fi
host=${to%%:*} folder=${to#*:}

upload() {
  case $to in
    *:*) rsync -rI --force "$@" $delta/files/ "$to/" ;;
    *) mkdir -p "$to" && cp -R $delta/files/. "$to/" ;;
  esac
}

drop() { # the paths that stand in a file
  case $to in
    *:*) ssh "$host" "cd '$folder' && xargs -r -d '\n' rm -f --" <"$1" ;;
    *) (cd "$to" && xargs -r -d '\n' rm -f --) <"$1" ;;
  esac
}

whole() { # the target holds nothing else afterwards
  case $to in
    *:*) upload --delete ;;
    *)
      upload
      (cd "$to" && find . -type f | sed 's,^\./,,') | sort >.delta.there
      (cd $delta/files && find . -type f | sed 's,^\./,,') | sort | comm -23 .delta.there - >.delta.gone
      drop .delta.gone
      rm .delta.there .delta.gone
      ;;
  esac
}

$bylines build --settings publishconf.py --delta $delta
if grep -q '"complete": true' $delta/delta.json; then whole
elif grep -q '"delete_first": true' $delta/delta.json; then drop $delta/delete.txt; upload
else upload; drop $delta/delete.txt; fi
$bylines published $delta --settings publishconf.py
