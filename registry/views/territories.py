def detail(request, **kwargs):
    raise NotImplementedError
