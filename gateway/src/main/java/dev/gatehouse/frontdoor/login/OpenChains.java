package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.LoginSettings.Chain;
import dev.gatehouse.cluster.LoginSettings.Method;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What may still be proven: chains of methods, any one of which lets a person in when nothing of it
 * is left.
 */
record OpenChains(List<Chain> chains) {
  /** What is left to be proven after this; no chain at all if the method was of no use. */
  OpenChains after(Method proven) {
    return new OpenChains(
        chains.stream()
            .filter(c -> !c.methods().isEmpty() && c.methods().getFirst() == proven)
            .map(c -> new Chain(c.methods().subList(1, c.methods().size())))
            .toList());
  }

  /** What is left for who need not give a code. */
  OpenChains withoutCode() {
    return new OpenChains(chains.stream().map(Chain::withoutCode).toList());
  }

  /** Whether a code is all that is missing. */
  boolean lacksOnlyTheCode() {
    return !isComplete() && withoutCode().isComplete();
  }

  boolean isUseless() {
    return chains.isEmpty();
  }

  boolean isComplete() {
    return chains.stream().anyMatch(c -> c.methods().isEmpty());
  }

  boolean begin(Method method) {
    return chains.stream().anyMatch(c -> c.methods().indexOf(method) == 0);
  }

  /** The methods that can continue (RFC 4252, 5.1), each once. */
  String names() {
    return chains.stream()
        .filter(c -> !c.methods().isEmpty())
        .map(c -> c.methods().getFirst())
        .sorted()
        .map(Method::sshName)
        .distinct()
        .collect(Collectors.joining(","));
  }
}
