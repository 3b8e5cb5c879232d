"""The flows inside Prefect: house rules, deployments, a real server and worker, what they leave."""
