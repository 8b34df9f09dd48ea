package dev.gatehouse.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.gatehouse.mfa.TotpSecret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The characters on the screen are turned into a picture, and that is read as a phone would. */
final class QrCodeTest {
  /** Pixels a module. */
  private static final int SCALE = 4;

  private static final int BLACK = 0xff000000;
  private static final int WHITE = 0xffffffff;

  private static final String URI =
      TotpSecret.ofBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").uri("cluster.example.com", "alice");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lines_onAScreen_areReadBack(boolean colour) throws ReaderException {
    assertThat(read(rows(colour), colour)).isEqualTo(URI);
  }

  @Test
  void lines_ofAUri_fitATerminal() {
    var rows = rows(true);
    assertThat(rows).hasSizeLessThanOrEqualTo(24);
    assertThat(rows)
        .allMatch(row -> row.length() <= 80 && row.length() == rows.getFirst().length());
  }

  /** Without, a light terminal would show the code inverted. */
  @Test
  void lines_withColours_areBlackOnWhite() {
    assertThat(QrCode.lines(URI, true))
        .allMatch(line -> line.render(true).startsWith("\u001b[30;107m"));
  }

  private static List<String> rows(boolean colour) {
    return QrCode.lines(URI, colour).stream().map(line -> line.render(false)).toList();
  }

  /**
   * @param inked whether blocks are dark
   */
  private static String read(List<String> rows, boolean inked) throws ReaderException {
    var width = rows.getFirst().length();
    var height = rows.size() * 2;
    var pixels = new int[width * SCALE * height * SCALE];
    for (var y = 0; y < height * SCALE; y++) {
      for (var x = 0; x < width * SCALE; x++) {
        var block = rows.get(y / SCALE / 2).charAt(x / SCALE);
        pixels[y * width * SCALE + x] = isFilled(block, y / SCALE % 2) == inked ? BLACK : WHITE;
      }
    }
    return read(new RGBLuminanceSource(width * SCALE, height * SCALE, pixels));
  }

  private static boolean isFilled(char block, int half) {
    return block == '█' || block == (half == 0 ? '▀' : '▄');
  }

  private static String read(RGBLuminanceSource picture) throws ReaderException {
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture))).getText();
  }
}
