"""BigCommerce's REST APIs behind the ports of affluent.ports.bigcommerce; no rule of business."""
