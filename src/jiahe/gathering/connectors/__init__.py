"""Sources that are asked instead of delivering files: databases, paged REST, one enterprise on demand."""
