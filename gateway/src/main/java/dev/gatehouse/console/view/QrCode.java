package dev.gatehouse.console.view;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A QR code (ISO/IEC 18004) on a terminal: a character is two modules, one above the other. */
public final class QrCode {
  /** Of four that the standard wants; phones read it so, and it fits 80 by 24. */
  private static final int MARGIN = 2;

  private QrCode() {}

  /**
   * Draws a text.
   *
   * @param colour whether the lines are shown black on white; without colours a terminal is taken
   *     to be light on dark, as most are
   */
  public static List<Line> lines(String text, boolean colour) {
    var modules = encode(text);
    return IntStream.iterate(0, y -> y < modules.getHeight(), y -> y + 2)
        .mapToObj(y -> Line.of(Line.Style.PAPER, row(modules, y, colour)))
        .toList();
  }

  private static String row(BitMatrix modules, int y, boolean inked) {
    var row = new StringBuilder();
    for (var x = 0; x < modules.getWidth(); x++) {
      row.append(block(isDrawn(modules, x, y, inked), isDrawn(modules, x, y + 1, inked)));
    }
    return row.toString();
  }

  /** Ink is drawn where a module is dark; light, on a dark screen, where it is not. */
  private static boolean isDrawn(BitMatrix modules, int x, int y, boolean inked) {
    return y < modules.getHeight() && modules.get(x, y) == inked;
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '█' : '▀';
    }
    return lower ? '▄' : ' ';
  }

  private static BitMatrix encode(String text) {
    try {
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.MARGIN,
                  MARGIN,
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.L));
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code", e);
    }
  }
}
