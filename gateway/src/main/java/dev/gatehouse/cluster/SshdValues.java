package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Limits.MaxStartups;
import dev.gatehouse.cluster.Limits.NetBlockSize;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Readers of values with colons, written as in sshd_config(5). They are taken as they stand there,
 * because YAML 1.1 makes one number of 10:30:50.
 */
final class SshdValues {
  private static final Pattern STARTUPS = Pattern.compile("([0-9]{1,6}):([0-9]{1,3}):([0-9]{1,6})");
  private static final Pattern NET_BLOCK = Pattern.compile("([0-9]{1,2}):([0-9]{1,3})");
  private static final NetBlockSize LEAST = new NetBlockSize(8, 16);

  private SshdValues() {}

  static MaxStartups maxStartups(ScalarNode node) {
    var match = Amounts.match(STARTUPS, node, "start:rate:full, such as 100:30:400");
    var startups = new MaxStartups(number(match, 1), number(match, 2), number(match, 3));
    if (startups.start() < 1
        || startups.rate() < 1
        || startups.rate() > 100
        || startups.full() < startups.start()) {
      throw UserError.usage(
          "must be start:rate:full with a start of at least 1, a rate of 1 to 100 percent and a"
              + " full not below start, not "
              + Quote.of(node.getValue()));
    }
    return startups;
  }

  /** Of fewer bits, one source would be half of the internet. */
  static NetBlockSize netBlockSize(ScalarNode node) {
    var match =
        Amounts.match(NET_BLOCK, node, "the bits of IPv4 and of IPv6 addresses, such as 32:64");
    var size = new NetBlockSize(number(match, 1), number(match, 2));
    if (size.ipv4() < LEAST.ipv4()
        || size.ipv4() > 32
        || size.ipv6() < LEAST.ipv6()
        || size.ipv6() > 128) {
      throw UserError.usage("must be from 8:16 to 32:128, not " + Quote.of(node.getValue()));
    }
    return size;
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }
}
