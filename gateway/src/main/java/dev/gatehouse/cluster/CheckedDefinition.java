package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.name.GroupName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A definition without mistakes, and what is worth a look in it.
 *
 * @param warnings in the order of their places
 * @param groups each place that names a POSIX group, in the order of the file
 */
public record CheckedDefinition(
    ClusterDefinition definition, List<Remark> warnings, List<GroupReference> groups) {

  /**
   * A place that names a group; only a directory knows whether there is such a group.
   *
   * @param line counts from 1
   * @param column counts from 1
   */
  public record GroupReference(GroupName group, String file, int line, int column)
      implements Comparable<GroupReference> {
    @Override
    public int compareTo(GroupReference other) {
      return line == other.line
          ? Integer.compare(column, other.column)
          : Integer.compare(line, other.line);
    }
  }

  /**
   * A remark for each place that names a group which is not among those of the directory. It is no
   * mistake: the group may be made later.
   */
  public List<Remark> unknownGroups(Set<GroupName> directory) {
    var names = new TreeSet<String>();
    directory.forEach(group -> names.add(group.value()));
    return groups.stream()
        .filter(reference -> !directory.contains(reference.group()))
        .map(
            reference ->
                new Remark(
                    reference.file(),
                    reference.line(),
                    reference.column(),
                    "the directory has no group %s%s"
                        .formatted(
                            Quote.of(reference.group().value()),
                            Suggestion.likely(names, reference.group().value()))))
        .toList();
  }
}
