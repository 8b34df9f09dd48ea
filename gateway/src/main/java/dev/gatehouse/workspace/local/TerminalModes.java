package dev.gatehouse.workspace.local;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import org.apache.sshd.common.channel.PtyMode;

/**
 * Applies the modes of a pty-req (RFC 4254, 8) to a terminal. Every mode that Linux has is applied,
 * except the character size and parity, which mean nothing on a PTY, and the speeds.
 */
final class TerminalModes {
  /** {@code struct termios} of Linux: four flag words, the line discipline, then c_cc. */
  private static final int SIZE = 60;

  private static final int IFLAG = 0;
  private static final int OFLAG = 4;
  private static final int LFLAG = 12;
  private static final int CC = 17;

  /** What RFC 4254 sends for a character that is switched off, and what Linux calls the same. */
  private static final int OFF_IN_SSH = 255;

  private static final int OFF_IN_LINUX = 0;

  /** A bit of a flag word, or a place in c_cc. */
  private record Place(int offset, int mask) {
    static Place character(int index) {
      return new Place(CC + index, 0);
    }
  }

  private static final Map<PtyMode, Place> PLACES = places();

  private TerminalModes() {}

  static void apply(int tty, Map<PtyMode, Integer> modes) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var termios = arena.allocate(SIZE, 4);
      Posix.tcgetattr(tty, termios);
      modes.forEach((mode, value) -> set(termios, mode, value));
      Posix.tcsetattr(tty, termios);
    }
  }

  private static void set(MemorySegment termios, PtyMode mode, int value) {
    var place = PLACES.get(mode);
    if (place == null) {
      return;
    }
    if (place.mask() == 0) {
      termios.set(JAVA_BYTE, place.offset(), (byte) (value == OFF_IN_SSH ? OFF_IN_LINUX : value));
      return;
    }
    var flags = termios.get(JAVA_INT, place.offset());
    termios.set(
        JAVA_INT, place.offset(), value == 0 ? flags & ~place.mask() : flags | place.mask());
  }

  private static Map<PtyMode, Place> places() {
    var places = new EnumMap<PtyMode, Place>(PtyMode.class);
    characters(places);
    input(places);
    output(places);
    local(places);
    return places;
  }

  private static void characters(Map<PtyMode, Place> places) {
    places.put(PtyMode.VINTR, Place.character(0));
    places.put(PtyMode.VQUIT, Place.character(1));
    places.put(PtyMode.VERASE, Place.character(2));
    places.put(PtyMode.VKILL, Place.character(3));
    places.put(PtyMode.VEOF, Place.character(4));
    places.put(PtyMode.VSWTCH, Place.character(7));
    places.put(PtyMode.VSTART, Place.character(8));
    places.put(PtyMode.VSTOP, Place.character(9));
    places.put(PtyMode.VSUSP, Place.character(10));
    places.put(PtyMode.VEOL, Place.character(11));
    places.put(PtyMode.VREPRINT, Place.character(12));
    places.put(PtyMode.VDISCARD, Place.character(13));
    places.put(PtyMode.VWERASE, Place.character(14));
    places.put(PtyMode.VLNEXT, Place.character(15));
    places.put(PtyMode.VEOL2, Place.character(16));
  }

  private static void input(Map<PtyMode, Place> places) {
    places.put(PtyMode.IGNPAR, new Place(IFLAG, 0x4));
    places.put(PtyMode.PARMRK, new Place(IFLAG, 0x8));
    places.put(PtyMode.INPCK, new Place(IFLAG, 0x10));
    places.put(PtyMode.ISTRIP, new Place(IFLAG, 0x20));
    places.put(PtyMode.INLCR, new Place(IFLAG, 0x40));
    places.put(PtyMode.IGNCR, new Place(IFLAG, 0x80));
    places.put(PtyMode.ICRNL, new Place(IFLAG, 0x100));
    places.put(PtyMode.IUCLC, new Place(IFLAG, 0x200));
    places.put(PtyMode.IXON, new Place(IFLAG, 0x400));
    places.put(PtyMode.IXANY, new Place(IFLAG, 0x800));
    places.put(PtyMode.IXOFF, new Place(IFLAG, 0x1000));
    places.put(PtyMode.IMAXBEL, new Place(IFLAG, 0x2000));
    places.put(PtyMode.IUTF8, new Place(IFLAG, 0x4000));
  }

  private static void output(Map<PtyMode, Place> places) {
    places.put(PtyMode.OPOST, new Place(OFLAG, 0x1));
    places.put(PtyMode.OLCUC, new Place(OFLAG, 0x2));
    places.put(PtyMode.ONLCR, new Place(OFLAG, 0x4));
    places.put(PtyMode.OCRNL, new Place(OFLAG, 0x8));
    places.put(PtyMode.ONOCR, new Place(OFLAG, 0x10));
    places.put(PtyMode.ONLRET, new Place(OFLAG, 0x20));
  }

  private static void local(Map<PtyMode, Place> places) {
    places.put(PtyMode.ISIG, new Place(LFLAG, 0x1));
    places.put(PtyMode.ICANON, new Place(LFLAG, 0x2));
    places.put(PtyMode.XCASE, new Place(LFLAG, 0x4));
    places.put(PtyMode.ECHO, new Place(LFLAG, 0x8));
    places.put(PtyMode.ECHOE, new Place(LFLAG, 0x10));
    places.put(PtyMode.ECHOK, new Place(LFLAG, 0x20));
    places.put(PtyMode.ECHONL, new Place(LFLAG, 0x40));
    places.put(PtyMode.NOFLSH, new Place(LFLAG, 0x80));
    places.put(PtyMode.TOSTOP, new Place(LFLAG, 0x100));
    places.put(PtyMode.ECHOCTL, new Place(LFLAG, 0x200));
    places.put(PtyMode.ECHOKE, new Place(LFLAG, 0x800));
    places.put(PtyMode.PENDIN, new Place(LFLAG, 0x4000));
    places.put(PtyMode.IEXTEN, new Place(LFLAG, 0x8000));
  }
}
