/** A Kubernetes cluster for tests: an API server, controllers, and a kubelet. */
package dev.gatehouse.testkit.kubernetes;
