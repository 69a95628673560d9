"""Where work is done: in this process, a pool of processes, or a Dask cluster."""
