package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts mean here what they mean to Kubernetes. */
final class QuantityTest {
  @ParameterizedTest
  @ValueSource(strings = {"1", "9999", "0.5", "0.125", "2.75", "500m", "1m", "9999999m"})
  void millicores_areThoseOfKubernetes(String text) {
    assertThat(new CpuQuantity(text).millicores())
        .isEqualTo(new Quantity(text).getNumericalAmount().movePointRight(3).longValueExact());
    assertThat(new CpuQuantity(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1Mi", "512Mi", "1Gi", "9999999Gi", "1Ti", "4096Ti"})
  void bytes_areThoseOfKubernetes(String text) {
    assertThat(new ByteQuantity(text).bytes())
        .isEqualTo(Quantity.getAmountInBytes(new Quantity(text)).longValueExact());
    assertThat(new ByteQuantity(text)).hasToString(text);
  }

  @Test
  void compareTo_otherUnit_comparesWhatItStandsFor() {
    assertThat(new CpuQuantity("1500m")).isEqualByComparingTo(new CpuQuantity("1.5"));
    assertThat(new CpuQuantity("900m")).isLessThan(new CpuQuantity("1"));
    assertThat(new ByteQuantity("1024Gi")).isEqualByComparingTo(new ByteQuantity("1Ti"));
    assertThat(new ByteQuantity("2048Mi")).isLessThan(new ByteQuantity("3Gi"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1.", "-1", "1G", "1e3", "01", "1 "})
  void of_anotherForm_isRefused(String text) {
    assertThatThrownBy(() -> new CpuQuantity(text)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> new ByteQuantity(text)).isInstanceOf(UserError.class);
  }
}
