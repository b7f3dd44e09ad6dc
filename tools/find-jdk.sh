# Finds a JDK 25 and exports JAVA_HOME; sourced by ./attestgate and ./test.
# Looks at JAVA_HOME, then at the java on the PATH, then where distributions and version managers put JDKs.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -qsE '^JAVA_VERSION="25([."+-]|$)' "$1/release"
}

jdk_candidates() {
  [ -n "${JAVA_HOME:-}" ] && echo "$JAVA_HOME"
  java=$(command -v java 2>/dev/null) && dirname "$(dirname "$(readlink -f "$java")")"
  ls -d /usr/lib/jvm/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home 2>/dev/null
}

find_jdk() {
  while IFS= read -r candidate; do
    if is_jdk_25 "$candidate"; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

# With root, and only if the distribution has it; says what it would take otherwise.
require_jdk() {
  find_jdk && return 0
  if "$(dirname "${BASH_SOURCE[0]}")/install-package" openjdk-25-jdk-headless && find_jdk; then
    return 0
  fi
  echo "attestgate: JDK 25: not found (expected: JAVA_HOME, or a JDK 25 such as" \
    "'apt-get install openjdk-25-jdk-headless' or 'apt-get install temurin-25-jdk')" >&2
  exit 1
}
