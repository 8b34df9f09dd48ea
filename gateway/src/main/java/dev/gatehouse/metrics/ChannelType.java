package dev.gatehouse.metrics;

import java.util.List;

/**
 * The types of channels that are told apart. A client may ask for any, and each name is a time
 * series.
 */
public final class ChannelType {
  private static final String OTHER = "other";

  static final List<String> NAMES =
      List.of(
          "session",
          "direct-tcpip",
          "forwarded-tcpip",
          "direct-streamlocal",
          "forwarded-streamlocal",
          "agent",
          "x11",
          OTHER);

  private ChannelType() {}

  /**
   * One of a few names.
   *
   * @param type as it is listed to administrators, such as {@code session:shell}; hostile
   */
  public static String of(String type) {
    var name = type.split("[:@]", 2)[0].replace("-connection", "");
    return NAMES.contains(name) ? name : OTHER;
  }
}
