package dev.gatehouse.testkit.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.GetProductsRequest;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;

/** The Price List Query API: products by the values of their attributes, a page each. */
public final class FakePricing extends AwsService {
  private record Product(Map<String, String> attributes, String price) {}

  private final List<Product> products = new ArrayList<>();

  public FakePricing() {
    super("pricing", Protocol.JSON_11);
    on(GetProductsRequest.class, this::getProducts, "ServiceCode");
  }

  /** An instance that is sold so; what is not said is as for a plain Linux instance. */
  public void product(String type, String price, Map<String, String> differently) {
    var attributes =
        new TreeMap<>(
            Map.of(
                "instanceType", type,
                "regionCode", AwsServer.REGION,
                "operatingSystem", "Linux",
                "tenancy", "Shared",
                "preInstalledSw", "NA",
                "capacitystatus", "Used"));
    attributes.putAll(differently);
    products.add(new Product(attributes, price));
  }

  private GetProductsResponse getProducts(GetProductsRequest request) {
    var found =
        products.stream()
            .filter(p -> request.filters().stream().allMatch(f -> matches(p, f)))
            .toList();
    var page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    var answer = GetProductsResponse.builder().formatVersion("aws_v1");
    if (page < found.size()) {
      answer.priceList(text(found.get(page)));
    }
    return (page + 1 < found.size() ? answer.nextToken(String.valueOf(page + 1)) : answer).build();
  }

  private static boolean matches(Product product, Filter filter) {
    return filter.value().equals(product.attributes().get(filter.field()));
  }

  /** As AWS' documentation of the Price List shows it, shortened. */
  private static String text(Product product) {
    return """
    {"product": {"productFamily": "Compute Instance", "sku": "3DG6WFZ6NKQB8Q66"},
     "serviceCode": "AmazonEC2",
     "terms": {
       "OnDemand": {"3DG6WFZ6NKQB8Q66.JRTCKXETXF": {"priceDimensions": {
         "3DG6WFZ6NKQB8Q66.JRTCKXETXF.6YS6EN2CT7": {
           "unit": "Hrs", "endRange": "Inf", "beginRange": "0",
           "pricePerUnit": {"USD": "%s"}}}}},
       "Reserved": {"3DG6WFZ6NKQB8Q66.38NPMPTW36": {"priceDimensions": {
         "3DG6WFZ6NKQB8Q66.38NPMPTW36.2TG2D8R56U": {
           "unit": "Quantity", "pricePerUnit": {"USD": "99999"}}}}}}}
    """
        .formatted(product.price());
  }
}
